//! The trait of every declared network.

use core::marker::PhantomData;

use crate::base::message::Text;
use crate::cost::cost::Cost;
use crate::cost::layer::Layer;
use crate::cost::memory::Memory;
use crate::cost::traffic::Traffic;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::Port;
use crate::graph::settings::Deployment;
use crate::kernel::counting::Counting;
use crate::kernel::custom::Run;
use crate::kernel::machine::Plain;
use crate::layers::custom;
use crate::memory::plan::Plan;
use crate::op::work::Census;
use crate::program::program;
use crate::program::program::Program;
use crate::quantity::limit::Limit;
#[cfg(feature = "std")]
use crate::report::profile::{self, Profile};
use crate::report::report::Report;
use crate::report::under::Counted;
use crate::run::engine;
use crate::run::engine::{Outputs, RunError};
use crate::tools::tally::Tally;
use crate::validate::validate;
use crate::validate::validate::{Measured, Place, ValidateError, Validated};
use crate::weights::state_dict as state;
use crate::weights::state_dict::Parameter;

/// The ladder of lengths.
macro_rules! ladder {
    ($($rung:literal)*) => {
        /// The first rung that is not below a length.
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
    8 16 24 32 40 48 56 64 80 96 112 128 160 192 224 256 320 384 448 512 640 768 896 1024 1280 1536 1792 2048
    2560 3072 3584 4096 5120 6144 7168 8192 10240 12288 14336 16384 20480 24576 28672 32768
}

/// A network declared by `#[network]`: its costs as constants, its run, its proof, its report.
///
/// A constant is evaluated when it is asked for, and leaves nothing but itself in the binary. The numbers of a
/// generic network are those of its instance: `AlexNet::<224, 224>::MACS`.
///
/// # When a budget fires
/// A concrete network's when its crate is checked. A generic network's with each instance: when a `const` item reads
/// [`COST`](Network::COST) or a number that derives from it, at check; when a function body does, or runs it, at
/// build.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    label = "this is not declared with `#[network]`",
    note = "a network is a function under `#[network]`, or an instance of a generic one: `AlexNet<224, 224>`"
)]
pub trait Network: Sized + 'static {
    /// The name of the declaration.
    const NAME: &'static str;

    /// The network as it is deployed, with its layers as the declaration built them.
    #[doc(hidden)]
    const GRAPH: &'static Deployed;

    /// The limits of its `#[budget(..)]`.
    const BUDGET: &'static [Limit] = &[];

    /// Fails if a generic network's instance is over its budget.
    #[doc(hidden)]
    const ASSERT: () = ();

    /// Everything that one inference costs, but for memory.
    const COST: Cost = {
        let () = Self::ASSERT;
        Self::GRAPH.cost
    };

    /// Multiply-accumulates, dense; see [`Cost::macs`].
    const MACS: u64 = Self::COST.macs;

    /// Multiply-accumulates without those on padding; see [`Cost::macs_executed`].
    const MACS_EXECUTED: u64 = Self::COST.macs_executed;

    /// Floating-point operations, dense; see [`Cost::flops`].
    const FLOPS: u64 = Self::COST.flops;

    /// Learned parameters; see [`Cost::params`].
    const PARAMS: u64 = Self::COST.params;

    /// Bytes of flash the weights take; see [`Cost::weight_bytes`].
    const WEIGHT_BYTES: u64 = Self::COST.weight_bytes;

    /// The number of weights the run reads: the length of its `weights`.
    const WEIGHTS_LEN: usize = length(Self::NAME, "weights", Self::COST.weights);

    /// Operations by kind, with taps on zero padding as if they were data.
    const CENSUS: Census = Self::COST.census;

    /// Operations by kind that are executed.
    const CENSUS_EXECUTED: Census = Self::COST.census_executed;

    /// Bytes moved if each operand of each layer is moved once; see [`Cost::traffic`].
    const TRAFFIC: Traffic = Self::COST.traffic;

    /// Bytes moved if nothing is reused; see [`Cost::traffic_uncached`].
    const TRAFFIC_UNCACHED: Traffic = Self::COST.traffic_uncached;

    /// What other tools count; see [`conventions`](crate::conventions).
    #[doc(hidden)]
    const TALLY: Tally = Tally::of(Self::GRAPH);

    #[doc(hidden)]
    #[allow(private_interfaces)]
    const COUNTED: &'static [Counted] = {
        let len = Self::GRAPH.len() - Self::GRAPH.graph.input_count;
        cut!(len, Self, COUNTED).split_at(len).0
    };

    #[doc(hidden)]
    #[allow(private_interfaces)]
    const PLAN: &'static Plan = &Self::GRAPH.plan();

    /// The RAM of a run, and its bounds.
    const MEMORY: Memory = Memory::of(Self::GRAPH, Self::PLAN);

    /// Bytes of RAM the run takes; see [`Memory::arena_bytes`].
    const ARENA_BYTES: u64 = Self::PLAN.len * Self::GRAPH.dtype().bytes();

    /// Elements of the arena: the least length of the run's `arena`.
    const ARENA_LEN: usize = length(Self::NAME, "an arena", Self::PLAN.len);

    /// The bound for plans without in-place operators; see [`Memory::peak_live_bytes`].
    const PEAK_LIVE_BYTES: u64 = Self::GRAPH.in_use(false).peak * Self::GRAPH.dtype().bytes();

    /// The bound for plans that share memory; see [`Memory::peak_live_in_place_bytes`].
    const PEAK_LIVE_IN_PLACE_BYTES: u64 = Self::GRAPH.in_use(true).peak * Self::GRAPH.dtype().bytes();

    /// How the network is deployed: `#[network(fuse, dtype = i8)]`.
    const DEPLOYMENT: Deployment = Deployment { dtype: Self::GRAPH.dtype(), fused: Self::GRAPH.graph.settings.fuse };

    /// The inputs, in the order of the declaration.
    const INPUTS: &'static [Port] = Self::GRAPH.graph.inputs.split_at(Self::GRAPH.graph.input_count).0;

    /// The outputs, in the order of the declaration.
    const OUTPUTS: &'static [Port] = Self::GRAPH.graph.outputs.split_at(Self::GRAPH.graph.output_count).0;

    /// The layers with their costs, in the order of execution.
    const LAYERS: &'static [Layer] = {
        let len = Self::GRAPH.len() - Self::GRAPH.graph.input_count;
        cut!(len, Self, LAYERS).split_at(len).0
    };

    // The lengths of tables are constants of their own: each rung of the ladder asks for them.
    #[doc(hidden)]
    const PARAMETERS_LEN: usize = state::parameters(Self::GRAPH, &mut []);

    #[doc(hidden)]
    const CUSTOM_LEN: usize = custom::count_before(&Self::GRAPH.graph, Self::GRAPH.len());

    /// The tensors of the run's weights: name, shape, offset.
    const PARAMS_TABLE: &'static [Parameter] = {
        let len = Self::PARAMETERS_LEN;
        cut!(len, Self, PARAMETERS).split_at(len).0
    };

    #[doc(hidden)]
    #[allow(private_interfaces)]
    const WHOLE_PROGRAM: &'static Program = &Program::new(Self::GRAPH, Self::PLAN);

    #[doc(hidden)]
    const PROGRAM: &'static [u32] = {
        let len = Self::WHOLE_PROGRAM.len;
        cut!(len, Self, PROGRAM).split_at(len).0
    };

    #[doc(hidden)]
    const PLAIN_KERNELS: &'static [Run<Plain>] = {
        let len = Self::CUSTOM_LEN;
        cut!(len, Self, PLAIN_KERNELS).split_at(len).0
    };

    #[doc(hidden)]
    const COUNTING_KERNELS: &'static [Run<Counting>] = {
        let len = Self::CUSTOM_LEN;
        cut!(len, Self, COUNTING_KERNELS).split_at(len).0
    };

    #[doc(hidden)]
    const PLACES: &'static [Place] = {
        let len = Self::GRAPH.len();
        cut!(len, Self, PLACES).split_at(len).0
    };

    #[doc(hidden)]
    const MASK: u128 = program::mask(Self::GRAPH);

    #[doc(hidden)]
    const VIEWS: engine::Views = engine::Views::new(Self::GRAPH, Self::PLAN);

    /// The first input's place in the arena, where its data is written before a run. Empty if the arena ends before it.
    ///
    /// It is as long as the input: `copy_from_slice` of anything else panics, and names both lengths.
    fn input(arena: &mut [f32]) -> &mut [f32] {
        Self::input_at(arena, 0)
    }

    /// The place in the arena of the input of this number. Empty if the arena ends before it, or there is no such input.
    fn input_at(arena: &mut [f32], index: usize) -> &mut [f32] {
        engine::input::<Self>(arena, index)
    }

    /// Runs the network on the inputs in the arena. The result derefs to the first output, a slice of the arena.
    ///
    /// The inputs' memory is reused: write them before each run. Weights are known by their length alone: those of
    /// another network of the same length cannot be told from the right ones here, as they are where a file is read,
    /// whose tensors have names.
    ///
    /// # Errors
    /// If `weights` is not [`WEIGHTS_LEN`](Network::WEIGHTS_LEN) long, or `arena` shorter than
    /// [`ARENA_LEN`](Network::ARENA_LEN); nothing is written then.
    fn run<'a>(weights: &[f32], arena: &'a mut [f32]) -> Result<Outputs<'a>, RunError> {
        const { engine::check::<Self>() }
        engine::run::<Self>(weights, arena, |_| ())
    }

    /// The same, and hands the index in [`LAYERS`](Network::LAYERS) of each layer that a kernel runs to `after`, behind
    /// it: to feed a watchdog, to yield, to take the time.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    fn run_each<'a>(weights: &[f32], arena: &'a mut [f32], after: impl FnMut(usize)) -> Result<Outputs<'a>, RunError> {
        const { engine::check::<Self>() }
        engine::run::<Self>(weights, arena, after)
    }

    /// Makes the network ready to run on a host: its SIMD instructions, packed weights, memory of its own.
    ///
    /// # Errors
    /// If `weights` is not [`WEIGHTS_LEN`](Network::WEIGHTS_LEN) long.
    #[cfg(feature = "std")]
    fn session(weights: &[f32]) -> Result<crate::session::session::Session<Self>, RunError> {
        const { engine::check::<Self>() }
        crate::session::session::Session::new(weights)
    }

    /// Runs the network on the counting machine, and compares what is executed with what is declared, layer by layer
    /// and exactly; hands each layer's measurement to `each`. The outputs are those of [`run`](Network::run), to the
    /// bit.
    ///
    /// The arena's plan is proved with it. Before each layer, all that lies outside the tensors then alive is filled
    /// with NaN; behind it, each tensor that is read later must stand as its layer wrote it. A layer that does not
    /// overwrite an operand is run twice, with another number around its operands the second time, and must give the
    /// same. Where the arena is longer than [`ARENA_LEN`](Network::ARENA_LEN), the first eight elements behind it guard
    /// its end, and have their values again afterwards.
    ///
    /// # Errors
    /// As [`run`](Network::run); or the first layer whose census, multiply-accumulates, parameters or extent of the
    /// arena differ from the declared ones, that overwrites what is read later, reads what nobody wrote, or writes
    /// behind the end.
    fn validate<'a>(
        weights: &[f32],
        arena: &'a mut [f32],
        each: impl FnMut(&Measured),
    ) -> Result<Validated<'a>, ValidateError> {
        const { engine::check::<Self>() }
        validate::run::<Self>(weights, arena, each)
    }

    /// Runs the network several times on seeded weights and inputs, and times each layer: see [`Profile`]. An input that
    /// an embedding reads is filled with indices.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    #[cfg(feature = "std")]
    fn profile() -> Result<Profile, RunError> {
        const { engine::check::<Self>() }
        profile::seeded::<Self>()
    }

    /// The same on weights and inputs of the caller: `write_inputs` writes them into the arena before each run.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    #[cfg(feature = "std")]
    fn profile_with(weights: &[f32], write_inputs: impl FnMut(&mut [f32])) -> Result<Profile, RunError> {
        const { engine::check::<Self>() }
        profile::run::<Self>(weights, write_inputs)
    }

    /// The report: a table of the layers, the totals, and each budget with its headroom.
    fn report() -> Report<Self> {
        Report::new()
    }
}

/// A number of elements as a length, if this target's addresses reach so far: on one of 32 bits they may not.
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

/// A static of `L` elements, or none where `L` is not the rung of the ladder for the length that is needed: a slice
/// of the build buffer would keep all of it in the binary.
struct Cut<N, const L: usize>(PhantomData<N>);

impl<N: Network, const L: usize> Cut<N, L> {
    const LAYERS: &'static [Layer] =
        if L == rung(N::GRAPH.len() - N::GRAPH.graph.input_count) { &layers::<N, L>() } else { &[] };

    const COUNTED: &'static [Counted] =
        if L == rung(N::GRAPH.len() - N::GRAPH.graph.input_count) { &counted::<N, L>() } else { &[] };

    const PARAMETERS: &'static [Parameter] = if L == rung(N::PARAMETERS_LEN) { &parameters::<N, L>() } else { &[] };

    const PLAIN_KERNELS: &'static [Run<Plain>] =
        if L == rung(N::CUSTOM_LEN) { &custom::plain_kernels::<L>(&N::GRAPH.graph) } else { &[] };

    const COUNTING_KERNELS: &'static [Run<Counting>] =
        if L == rung(N::CUSTOM_LEN) { &custom::counting_kernels::<L>(&N::GRAPH.graph) } else { &[] };

    const PLACES: &'static [Place] =
        if L == rung(N::GRAPH.len()) { &Place::table::<L>(N::GRAPH, N::PLAN) } else { &[] };

    const PROGRAM: &'static [u32] = if L == rung(N::WHOLE_PROGRAM.len) { &program::<N, L>() } else { &[] };
}

const fn layers<N: Network, const L: usize>() -> [Layer; L] {
    let live = N::GRAPH.in_use(N::GRAPH.graph.settings.fuse);
    let mut layers = [Layer::EMPTY; L];
    let mut node = N::GRAPH.graph.input_count;
    while node < N::GRAPH.len() {
        layers[node - N::GRAPH.graph.input_count] = Layer::of(N::GRAPH, node, &live);
        node += 1;
    }
    layers
}

const fn counted<N: Network, const L: usize>() -> [Counted; L] {
    let mut layers = [Counted::NOTHING; L];
    let mut node = N::GRAPH.graph.input_count;
    while node < N::GRAPH.len() {
        layers[node - N::GRAPH.graph.input_count] = Counted::of(N::GRAPH, node);
        node += 1;
    }
    layers
}

const fn parameters<N: Network, const L: usize>() -> [Parameter; L] {
    let mut rows = [Parameter::EMPTY; L];
    state::parameters(N::GRAPH, &mut rows);
    rows
}

const fn program<N: Network, const L: usize>() -> [u32; L] {
    let mut words = [0; L];
    let mut i = 0;
    while i < N::WHOLE_PROGRAM.len {
        words[i] = N::WHOLE_PROGRAM.words[i];
        i += 1;
    }
    words
}
