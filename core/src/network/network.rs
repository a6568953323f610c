//! The trait of every declared network: what users read.

use crate::cost::cost::Cost;
use crate::cost::layer::Layer;
use crate::cost::memory::Memory;
use crate::cost::traffic::Traffic;
use crate::declared::Declared;
use crate::graph::graph::{Graph, Port};
use crate::graph::settings::Deployment;
use crate::kernel::custom::Customs;
use crate::kernel::mask::Kernels;
use crate::network::runner::Runner;
use crate::op::work::Census;
use crate::program::views::View;
use crate::quantity::limit::Limit;
#[cfg(feature = "std")]
use crate::report::profile::Profile;
use crate::report::report::Report;
#[cfg(feature = "std")]
use crate::report::subject::Subject;
use crate::run::engine::Executable;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
#[cfg(feature = "std")]
use crate::session::session::Session;
use crate::tables::Tables;
use crate::validate::error::ValidateError;
use crate::validate::validate;
use crate::validate::validate::{Claims, Measured, Validated};
use crate::weights::state_dict::Parameter;

/// A network declared by `#[network]`: its costs as constants, its run, its proof, its report.
///
/// A constant is evaluated only if you use it, and leaves nothing but its value in the binary. A generic network has
/// numbers for each instance: `AlexNet::<224, 224>::MACS`.
///
/// # When a budget fires
/// A concrete network's budget fires when its crate is checked. A generic network's fires for each instance over it that
/// is used: in a `const` item or as a block of a concrete network, at check; in the body of a function, at build.
// Each constant asserts the budget, `(Self::ASSERT, value).1`, or derives from one that does; each method, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    label = "this is not declared with `#[network]`",
    note = "a network is a function under `#[network]`, or an instance of a generic one: `AlexNet<224, 224>`"
)]
pub trait Network: Declared {
    /// The name of the declaration.
    const NAME: &'static str = (Self::ASSERT, Tables::<Self>::NAME).1;

    /// The limits of its `#[budget(..)]`.
    const BUDGET: &'static [Limit] = (Self::ASSERT, Self::LIMITS).1;

    /// Everything that one inference costs, except memory.
    const COST: Cost = (Self::ASSERT, Self::GRAPH.cost).1;

    /// Multiply-accumulates, dense; see [`Cost::macs`].
    const MACS: u64 = Self::COST.macs;

    /// Multiply-accumulates without those on padding; see [`Cost::macs_executed`].
    const MACS_EXECUTED: u64 = Self::COST.macs_executed;
    /// Multiply-accumulates without those of channels whose weights are all zero; see [`Cost::macs_live`].
    const MACS_LIVE: u64 = Self::COST.macs_live;
    /// Channels whose weights are all zero, which a run leaves out; see [`Cost::dead_channels`].
    const DEAD_CHANNELS: u64 = Self::COST.dead_channels;

    /// Floating-point operations, dense; see [`Cost::flops`].
    const FLOPS: u64 = Self::COST.flops;

    /// Learned parameters; see [`Cost::params`].
    const PARAMS: u64 = Self::COST.params;

    /// Bytes of flash the weights take; see [`Cost::weight_bytes`].
    const WEIGHT_BYTES: u64 = Self::COST.weight_bytes;

    /// The number of weights the run reads: the length of its `weights`.
    const WEIGHTS_LEN: usize = (Self::ASSERT, Tables::<Self>::WEIGHTS_LEN).1;

    /// Operations by kind, counting taps on zero padding as if they were data.
    const CENSUS: Census = Self::COST.census;

    /// Operations by kind that are executed.
    const CENSUS_EXECUTED: Census = Self::COST.census_executed;

    /// Bytes moved if each operand of each layer is moved once; see [`Cost::traffic`].
    const TRAFFIC: Traffic = Self::COST.traffic;

    /// Bytes moved if nothing is reused; see [`Cost::traffic_uncached`].
    const TRAFFIC_UNCACHED: Traffic = Self::COST.traffic_uncached;

    /// The RAM of a run, and its bounds.
    const MEMORY: Memory = (Self::ASSERT, Tables::<Self>::MEMORY).1;

    /// Bytes of RAM the run takes; see [`Memory::arena_bytes`].
    const ARENA_BYTES: u64 = (Self::ASSERT, Tables::<Self>::ARENA_BYTES).1;

    /// Elements of the arena: the least length of the run's `arena`.
    const ARENA_LEN: usize = (Self::ASSERT, Tables::<Self>::ARENA_LEN).1;

    /// The bound for plans without in-place operators; see [`Memory::peak_live_bytes`].
    const PEAK_LIVE_BYTES: u64 = (Self::ASSERT, Tables::<Self>::PEAK_LIVE_BYTES).1;

    /// The bytes at the start of the arena that are kept from one run to the next. They are among
    /// [`ARENA_BYTES`](Network::ARENA_BYTES).
    const STATE_BYTES: u64 = (Self::ASSERT, Tables::<Self>::STATE_BYTES).1;

    /// The bound for plans that share memory; see [`Memory::peak_live_in_place_bytes`].
    const PEAK_LIVE_IN_PLACE_BYTES: u64 = (Self::ASSERT, Tables::<Self>::PEAK_LIVE_IN_PLACE_BYTES).1;

    /// How the network is deployed: `#[network(fuse, dtype = i8)]`.
    const DEPLOYMENT: Deployment = (Self::ASSERT, Tables::<Self>::DEPLOYMENT).1;

    /// The inputs, in declaration order.
    const INPUTS: &'static [Port] = (Self::ASSERT, Tables::<Self>::INPUTS).1;

    /// The outputs, in declaration order.
    const OUTPUTS: &'static [Port] = (Self::ASSERT, Tables::<Self>::OUTPUTS).1;

    /// The layers with their costs, in the order of the declaration.
    const LAYERS: &'static [Layer] = (Self::ASSERT, Tables::<Self>::LAYERS).1;

    /// The layers that nobody reads: no output depends on them. They cost nothing, are not run, and a weight file may
    /// have their tensors or not. Without those that would not do anything: views, and parts beside others, as a
    /// recurrent layer's last state.
    const UNREAD: &'static [Layer] = (Self::ASSERT, Tables::<Self>::UNREAD).1;

    /// The tensors of the run's weights: name, shape, offset.
    const PARAMS_TABLE: &'static [Parameter] = (Self::ASSERT, Tables::<Self>::PARAMETERS).1;

    /// A bit for each kernel that it uses, in the order of the list of layers.
    #[doc(hidden)]
    const MASK: u128 = (Self::ASSERT, <Tables<Self> as Kernels>::MASK).1;

    /// Where the first input's data goes in the arena, before each run. Empty if the arena ends before it.
    ///
    /// It is as long as the input: `copy_from_slice` of anything else panics, and names both lengths.
    fn input(arena: &mut [f32]) -> &mut [f32] {
        Self::input_at(arena, 0)
    }

    /// Where the data of the input with this number goes. Empty if the arena ends before it, or there is no such input.
    fn input_at(arena: &mut [f32], index: usize) -> &mut [f32] {
        let views: &'static [View] = const { (Self::ASSERT, &Tables::<Self>::VIEWS.inputs).1 };
        views.get(index).map_or(&mut [], |view| view.of_mut(arena))
    }

    /// Starts the network: writes the first numbers of its state, which a [`Runner`] keeps from one run to the next.
    ///
    /// State is the first [`STATE_BYTES`](Network::STATE_BYTES) of the arena: networks whose states lie apart can share the
    /// rest.
    ///
    /// # Errors
    /// If `weights` is not [`WEIGHTS_LEN`](Network::WEIGHTS_LEN) long, or `arena` is shorter than
    /// [`ARENA_LEN`](Network::ARENA_LEN). Nothing is written then.
    fn start<'a>(weights: &'a [f32], arena: &'a mut [f32]) -> Result<Runner<'a, Self>, RunError> {
        Runner::new(weights, arena)
    }

    /// Runs the network on the inputs in the arena. The result derefs to the first output, a slice of the arena.
    ///
    /// The inputs' memory is reused: write them before each run. Only the length of `weights` is checked: a run cannot
    /// tell the weights of another network of the same length, as loading a file can, whose tensors have names.
    ///
    /// # Errors
    /// If `weights` is not [`WEIGHTS_LEN`](Network::WEIGHTS_LEN) long, or `arena` is shorter than
    /// [`ARENA_LEN`](Network::ARENA_LEN). Nothing is written then.
    fn run<'a>(weights: &[f32], arena: &'a mut [f32]) -> Result<Outputs<'a>, RunError> {
        const { runnable::<Self>() }
        Executable::of::<Self>().run::<Tables<Self>>(customs::<Self>(), weights, arena, |_| ())
    }

    /// The same, calling `after` with the index in [`LAYERS`](Network::LAYERS) of each layer that a kernel has run: to
    /// feed a watchdog, to yield, or to measure time.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    fn run_each<'a>(weights: &[f32], arena: &'a mut [f32], after: impl FnMut(usize)) -> Result<Outputs<'a>, RunError> {
        const { runnable::<Self>() }
        Executable::of::<Self>().run::<Tables<Self>>(customs::<Self>(), weights, arena, after)
    }

    /// Prepares the network to run on a host, with its SIMD instructions, packed weights, and memory of its own.
    ///
    /// # Errors
    /// If `weights` is not [`WEIGHTS_LEN`](Network::WEIGHTS_LEN) long.
    #[cfg(feature = "std")]
    fn session(weights: &[f32]) -> Result<Session<Self>, RunError> {
        const { runnable::<Self>() }
        Session::of(weights)
    }

    /// Runs the network on a machine that counts, compares what each layer executes with what it declares, exactly, and
    /// calls `each` with the measurement. The outputs are those of [`run`](Network::run), to the bit.
    ///
    /// The run proves the arena's plan too. Before each layer, everything but the live tensors is filled with NaN; after
    /// it, each tensor that a later layer reads must be unchanged. A layer that overwrites no operand runs twice, the
    /// second time with different filler around its operands, and must give the same bits. If the arena is longer than
    /// [`ARENA_LEN`](Network::ARENA_LEN), the next eight elements guard its end; they get their values back.
    ///
    /// # Errors
    /// As [`run`](Network::run); or the first layer whose census, multiply-accumulates, parameters or extent of the
    /// arena differ from what it declares, or that overwrites what a later layer reads, reads what no layer wrote, or
    /// writes past the end of the arena.
    fn validate<'a>(
        weights: &[f32],
        arena: &'a mut [f32],
        each: impl FnMut(&Measured),
    ) -> Result<Validated<'a>, ValidateError> {
        const { runnable::<Self>() }
        let customs = Customs::Counting(Tables::<Self>::COUNTING_KERNELS);
        validate::run::<Tables<Self>>(Executable::of::<Self>(), customs, Claims::of::<Self>(), weights, arena, each)
    }

    /// Runs the network several times on seeded weights and inputs, and times each layer: see [`Profile`]. An input
    /// that an embedding reads holds indices.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    #[cfg(feature = "std")]
    fn profile() -> Result<Profile, RunError> {
        const { runnable::<Self>() }
        Subject::of::<Self>().run_seeded::<Tables<Self>>(
            Executable::of::<Self>(),
            customs::<Self>(),
            (Self::GRAPH, Tables::<Self>::PARAMETERS),
            const { &Tables::<Self>::VIEWS.inputs },
        )
    }

    /// The same on the caller's weights and inputs, which `write_inputs` writes into the arena before each run.
    ///
    /// # Errors
    /// As [`run`](Network::run).
    #[cfg(feature = "std")]
    fn profile_with(weights: &[f32], write_inputs: impl FnMut(&mut [f32])) -> Result<Profile, RunError> {
        const { runnable::<Self>() }
        Subject::of::<Self>().run::<Tables<Self>>(Executable::of::<Self>(), customs::<Self>(), weights, write_inputs)
    }

    /// The report: a table of the layers, the totals, and each budget with its headroom.
    fn report() -> Report<Self> {
        const { Self::ASSERT }
        Report::of()
    }
}

/// Refuses, at compile time, what is over its budget, has no kernels, or keeps state.
const fn runnable<N: Network>() {
    let () = N::ASSERT;
    let () = N::RUNS;
    let () = N::STATELESS;
}

/// The kernels of the user's own layers, on the machine that runs.
fn customs<N: Network>() -> Customs {
    Customs::Plain(Tables::<N>::PLAIN_KERNELS)
}

/// The graph of a network that is a block of another. The function is generic because the compiler would evaluate the
/// graph in a concrete one, only to report its errors again.
#[doc(hidden)]
pub const fn block<N: Network>() -> &'static Graph {
    let () = N::ASSERT;
    &N::GRAPH.graph
}
