//! The trait of networks that run in 8-bit integers.

use core::fmt;

use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::quantized::feed::Made;
use crate::quantized::kernels::count;
use crate::quantized::recipe::{Recipe, WithWeights};
use crate::tables::Tables;

/// A network that runs in 8-bit integers: one that is read from a `.tflite` file, with its weights, or one that is declared
/// with `dtype = i8`, whose weights `weights!` reads.
///
/// Its methods are its own: `Kws::run(&weights, &mut arena)`, on a [`Weights<Kws>`](crate::Weights) and an
/// [`Arena<Kws>`](crate::Arena).
// The macro implements it, since only for a type that is known do its lengths make array types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not run in 8-bit integers",
    label = "this is not declared with `#[network(dtype = i8)]`, or is generic",
    note = "write `#[network(fuse, dtype = i8)] fn Net(..)`, or `#[network(file = \"net.tflite\")] struct Net;`"
)]
pub trait Quantized: Declared {
    /// How long all of them are.
    #[doc(hidden)]
    const LENGTHS: Lengths;

    /// The bytes of the arena.
    #[doc(hidden)]
    type ArenaBytes: AsMut<[i8]> + AsRef<[i8]> + 'static;

    /// An arena of zeros.
    #[doc(hidden)]
    const EMPTY: Self::ArenaBytes;

    /// The bytes of the weights.
    #[doc(hidden)]
    type WeightBytes: AsRef<[u8]> + 'static;

    /// What is done with them.
    #[doc(hidden)]
    type Recipe: Recipe;

    /// The kernels in use, one bit each.
    #[doc(hidden)]
    const KERNELS: u32;
}

/// A network in 8-bit integers that runs row by row: one that is declared with `stream`.
///
/// Its methods are its own: `Net::start(&weights, &mut arena)`, which gives a [`RowRunner`](crate::RowRunner), and
/// `Net::run(&weights, &mut arena, &input)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not run row by row",
    label = "this is not declared with `#[network(.., stream)]`, or is generic",
    note = "write `#[network(fuse, dtype = i8, stream)] fn Net(..)`, or `#[network(file = \"net.tflite\", stream)] struct Net;`"
)]
pub trait Streamed: Quantized {
    /// How many rows there are of each tensor.
    #[doc(hidden)]
    type Made: AsMut<[Made]> + fmt::Debug;

    /// None.
    #[doc(hidden)]
    const NOTHING: Self::Made;
}

/// A network that is declared in 8-bit integers, whose weights `weights!` reads; and the lengths of what they are read to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no weights in 8-bit integers",
    label = "this is not declared with `#[network(dtype = i8)]`, is generic, or has the weights of its file",
    note = "write `#[network(fuse, dtype = i8)] fn Net(..)`; a network of a file gives its weights itself: `Net::weights()`"
)]
pub trait TakesWeights<const BYTES: usize, const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize>:
    Quantized<WeightBytes = [u8; BYTES], Recipe = WithWeights<STEPS, INPUTS, OUTPUTS>>
{
}

/// How long what a network runs on is.
#[derive(Clone, Copy)]
pub struct Lengths {
    /// The bytes of the arena; none if there is too much of it for this target, where the network has but its costs.
    pub arena: usize,
    /// The bytes of the weights, which are those that its costs state.
    pub weights: usize,
    /// The steps of the run.
    pub steps: usize,
    /// The inputs.
    pub inputs: usize,
    /// The outputs.
    pub outputs: usize,
    /// The tensors that pass by rows.
    pub tensors: usize,
}

impl Lengths {
    /// Those of a network with this graph, its own: if it has an error, that is told where this is called.
    pub const fn of<D: Declared>(deployed: &Deployed) -> Self {
        let plan = Tables::<D>::PLAN;
        Lengths {
            arena: if plan.len > isize::MAX as u64 { 0 } else { plan.len as usize },
            weights: deployed.cost.weight_bytes as usize,
            steps: count(deployed, plan),
            inputs: deployed.graph.input_count,
            outputs: deployed.graph.output_count,
            tensors: if deployed.graph.settings.stream { Tables::<D>::stream().len + 1 } else { 0 },
        }
    }
}
