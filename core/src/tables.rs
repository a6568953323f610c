//! The numbers and tables of a declared network, each a constant of its own: what is not used is neither computed nor
//! linked. They are raw: no budget is asserted here, so budgets and searches can read them.

use core::marker::PhantomData;

use crate::base::message::Text;
use crate::cost::layer::Layer;
use crate::cost::memory::Memory;
use crate::declared::Declared;
use crate::deploy::layer::unread;
use crate::graph::graph::Port;
use crate::graph::settings::Deployment;
use crate::kernel::counting::Counting;
use crate::kernel::custom::Run;
use crate::kernel::machine::Plain;
use crate::kernel::mask::Kernels;
use crate::layers::custom;
use crate::memory::plan::Plan;
use crate::memory::states::Kept;
use crate::program::places::Place;
use crate::program::program::{Program, mask};
use crate::program::views::Views;
use crate::stream::stream::{Pass, Ring, Segment, Stream};
use crate::tools::counted::Counted;
use crate::tools::tally::Tally;
use crate::weights::state_dict::{Parameter, parameters};

/// The ladder of lengths.
macro_rules! ladder {
    ($($rung:literal)*) => {
        /// The first rung that is at least a length.
        const fn rung(len: usize) -> usize {
            match len {
                $(len if len <= $rung => $rung,)*
                _ => panic!("this network is too large: one of its tables is longer than 32,768 entries"),
            }
        }

        /// The static on that rung.
        macro_rules! cut {
            ($len:ident, $network:ty, $table:ident) => {
                match rung($len) {
                    $($rung => Cut::<$network, $rung>::$table,)*
                    _ => &[],
                }
            };
        }
    };
}
ladder! {
    0 8 16 24 32 40 48 56 64 80 96 112 128 160 192 224 256 320 384 448 512 640 768 896 1024 1280 1536 1792 2048
    2560 3072 3584 4096 5120 6144 7168 8192 10240 12288 14336 16384 20480 24576 28672 32768
}

/// A static of `L` elements, or of none if `L` is not the rung of the ladder for the needed length: a slice of a larger
/// buffer would keep all of that in the binary.
struct Cut<D, const L: usize>(PhantomData<D>);

/// Tables as long as the network needs: for each, its element, its length, and an array of `L` from the rung above.
macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident: [$item:ty; $len:expr] = $array:expr;)*) => {
        impl<D: Declared> Tables<D> {
            $(
                $(#[$doc])*
                pub const $table: &'static [$item] = {
                    let len = $len;
                    cut!(len, D, $table).split_at(len).0
                };
            )*
        }

        impl<D: Declared, const L: usize> Cut<D, L> {
            $(const $table: &'static [$item] = if L == rung($len) { &$array } else { &[] };)*
        }
    };
}

/// An array with an element for each node, from a first one on.
macro_rules! each {
    ($nothing:expr, $first:expr, $node:ident => $of:expr) => {{
        let first = $first;
        let mut all = [$nothing; L];
        let mut $node = first;
        while $node < D::GRAPH.len() {
            all[$node - first] = $of;
            $node += 1;
        }
        all
    }};
}

/// The numbers and tables of a network.
pub(crate) struct Tables<D>(PhantomData<D>);

tables! {
    /// The layers with their costs, in the order of the declaration.
    LAYERS: [Layer; Tables::<D>::LAYERS_LEN] = {
        let live = match D::GRAPH.graph.settings.stream {
            true => Tables::<D>::stream().in_use(D::GRAPH),
            false => D::GRAPH.in_use(D::GRAPH.graph.settings.fuse),
        };
        each!(Layer::EMPTY, D::GRAPH.graph.input_count, node => Layer::of(D::GRAPH, node, &live))
    };

    /// The layers that nobody reads.
    UNREAD: [Layer; Tables::<D>::UNREAD_LEN] = {
        let mut rows = [Layer::EMPTY; L];
        unread(D::GRAPH, &mut rows);
        rows
    };

    /// What the tools count, layer by layer.
    COUNTED: [Counted; Tables::<D>::LAYERS_LEN] =
        each!(Counted::NOTHING, D::GRAPH.graph.input_count, node => Counted::of(D::GRAPH, node));

    /// The tensors of the run's weights.
    PARAMETERS: [Parameter; Tables::<D>::PARAMETERS_LEN] = {
        let mut rows = [Parameter::EMPTY; L];
        parameters(D::GRAPH, &mut rows);
        rows
    };

    /// The words that the run reads.
    PROGRAM: [u32; Tables::<D>::WHOLE_PROGRAM.len] = words::<L>(Tables::<D>::WHOLE_PROGRAM);

    /// The custom layers' kernels, on the machine that runs.
    PLAIN_KERNELS: [Run<Plain>; Tables::<D>::CUSTOM_LEN] = custom::plain_kernels::<L>(&D::GRAPH.graph);

    /// The same on the machine that counts.
    COUNTING_KERNELS: [Run<Counting>; Tables::<D>::CUSTOM_LEN] = custom::counting_kernels::<L>(&D::GRAPH.graph);

    /// How many numbers each of the tensors has that are kept from one run to the next, and what they are at the start.
    STATES: [(usize, f32); D::GRAPH.live.states.count] = {
        let states = &D::GRAPH.live.states;
        let mut all = [(0, 0.0); L];
        let mut i = 0;
        while i < states.count {
            let Kept { node, elements, .. } = states.all[i];
            all[i] = (elements as usize, D::GRAPH.graph.node(node as usize).op.initial());
            i += 1;
        }
        all
    };

    /// What runs by rows: the segments, where rows lie, and what layers do with them.
    SEGMENTS: [Segment; Tables::<D>::STREAM.segment_count] = cut_to::<_, L>(&Tables::<D>::STREAM.segments, Segment::NONE);

    RINGS: [Ring; Tables::<D>::STREAM.len + 1] = cut_to::<_, L>(&Tables::<D>::STREAM.rings, Ring::NONE);

    PASSES: [Pass; Tables::<D>::STREAM.len] = cut_to::<_, L>(&Tables::<D>::STREAM.passes, Pass::NONE);

    /// Where tensors lie, and for how long.
    PLACES: [Place; D::GRAPH.len()] =
        each!(Place::NONE, 0, node => Place::of(D::GRAPH, Tables::<D>::PLAN, node));
}

impl<D: Declared> Tables<D> {
    pub const NAME: &'static str = D::GRAPH.graph.name;

    pub const WEIGHTS_LEN: usize = length(D::GRAPH.graph.name, "weights", D::GRAPH.cost.weights);

    pub const TALLY: Tally = Tally::of(D::GRAPH);

    pub const PLAN: &'static Plan =
        if D::GRAPH.graph.settings.stream { &Self::stream().plan } else { &D::GRAPH.plan() };

    pub const STREAM: &'static Stream = &Stream::new(D::GRAPH);

    /// The same, where no constant is to be evaluated that is not needed: one that another names always is.
    pub const fn stream() -> &'static Stream {
        Self::STREAM
    }

    pub const MEMORY: Memory = Memory::of(D::GRAPH, Self::PLAN);

    pub const STATE_BYTES: u64 = D::GRAPH.live.states.elements * D::GRAPH.dtype().bytes();

    pub const ARENA_BYTES: u64 = Self::PLAN.len * D::GRAPH.dtype().bytes();

    pub const ARENA_LEN: usize = length(D::GRAPH.graph.name, "an arena", Self::PLAN.len);

    pub const PEAK_LIVE_BYTES: u64 = D::GRAPH.in_use(false).peak * D::GRAPH.dtype().bytes();

    pub const PEAK_LIVE_IN_PLACE_BYTES: u64 = D::GRAPH.in_use(true).peak * D::GRAPH.dtype().bytes();

    pub const DEPLOYMENT: Deployment = Deployment { dtype: D::GRAPH.dtype(), fused: D::GRAPH.graph.settings.fuse };

    pub const INPUTS: &'static [Port] = D::GRAPH.graph.inputs.split_at(D::GRAPH.graph.input_count).0;

    pub const OUTPUTS: &'static [Port] = D::GRAPH.graph.outputs.split_at(D::GRAPH.graph.output_count).0;

    pub const VIEWS: Views = Views::new(D::GRAPH, Self::PLAN);

    // The lengths of tables are constants of their own: each rung of the ladder asks for them.
    const LAYERS_LEN: usize = D::GRAPH.len() - D::GRAPH.graph.input_count;

    const UNREAD_LEN: usize = D::GRAPH.graph.reported();

    const PARAMETERS_LEN: usize = parameters(D::GRAPH, &mut []);

    const CUSTOM_LEN: usize = custom::count_before(&D::GRAPH.graph, D::GRAPH.len());

    const WHOLE_PROGRAM: &'static Program = &Program::new(D::GRAPH, Self::PLAN);
}

/// The kernels that a network uses.
impl<D: Declared> Kernels for Tables<D> {
    const MASK: u128 = mask(D::GRAPH);
}

/// A number of elements as a length, if this target can address it: a 32-bit one may not.
#[track_caller]
const fn length(network: &str, what: &str, elements: u64) -> usize {
    if elements > (isize::MAX as u64) / 4 {
        Text::new()
            .str("`")
            .str(network)
            .str("` has ")
            .str(what)
            .str(" of ")
            .number(elements)
            .str(" elements, more bytes than this target can address")
            .fail()
    }
    elements as usize
}

/// The first of a longer table.
const fn cut_to<T: Copy, const L: usize>(all: &[T], none: T) -> [T; L] {
    let (mut rows, mut i) = ([none; L], 0);
    while i < L && i < all.len() {
        rows[i] = all[i];
        i += 1;
    }
    rows
}

const fn words<const L: usize>(program: &Program) -> [u32; L] {
    let mut words = [0; L];
    let mut i = 0;
    while i < program.len {
        words[i] = program.words[i];
        i += 1;
    }
    words
}
