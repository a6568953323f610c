//! The trait of networks that run in 8-bit integers.

use crate::declared::Declared;
use crate::quantized::steps::{Step, mask};
use crate::tables::Tables;
use crate::tflite::imported::Imported;

/// A network in 8-bit integers, with its weights: one that is read from a `.tflite` file.
///
/// Its methods are its own: `Kws::run(&weights, &mut arena)`, on a [`Weights<Kws>`](crate::Weights) and an
/// [`Arena<Kws>`](crate::Arena).
// The macro implements it, since only for a type that is known do its lengths make array types. What needs all kernels is
// a generic function: a constant, or a plain function, would be evaluated for a network that is not run.
pub trait Quantized: Declared {
    /// The file.
    #[doc(hidden)]
    const IMPORTED: &'static Imported;

    /// The bytes of the arena.
    #[doc(hidden)]
    type ArenaBytes: AsMut<[i8]> + AsRef<[i8]> + 'static;

    /// An arena of zeros.
    #[doc(hidden)]
    const EMPTY: Self::ArenaBytes;

    /// The bytes of the weights.
    #[doc(hidden)]
    type WeightBytes: AsRef<[u8]> + 'static;

    /// The steps of the run.
    #[doc(hidden)]
    fn steps<Asked>() -> &'static [Step];

    /// How many numbers each of the tensors has that are kept from one run to the next, and what they are at the start.
    #[doc(hidden)]
    fn states<Asked>() -> &'static [(u32, i8)];

    /// The kernels in use, one bit each.
    #[doc(hidden)]
    const KERNELS: u32 = mask(Self::IMPORTED);
}

/// The bytes of a network's weights, which are those that its costs state.
pub const fn weight_bytes<D: Declared>() -> usize {
    D::GRAPH.cost.weight_bytes as usize
}

/// The bytes of a network's arena.
pub const fn arena_bytes<D: Declared>() -> usize {
    Tables::<D>::ARENA_LEN
}
