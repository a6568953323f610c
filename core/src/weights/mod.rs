//! Weights: from a safetensors file, in a const or at run time, or seeded.
//!
//! The tensors of a file are matched with the layers by name. A network that names no layer can also be matched in
//! order, if not one of its names is in the file: its layers with weights, one by one, with the file's modules in the
//! natural order of their names.

pub(crate) mod embed;
pub(crate) mod file;
#[cfg(feature = "std")]
pub(crate) mod fold;
pub(crate) mod foreign;
pub(crate) mod header;
#[cfg(feature = "std")]
pub(crate) mod load;
pub(crate) mod matching;
pub(crate) mod read;
pub(crate) mod seeded;
pub(crate) mod state_dict;
#[cfg(feature = "std")]
pub(crate) mod write;

#[doc(hidden)]
pub use embed::{floats, pack};
pub use file::{FileIndex, FileTensor, Position, natural_order};
#[cfg(feature = "std")]
pub use fold::fold;
#[doc(hidden)]
pub use header::{Header, Unusable};
#[cfg(feature = "std")]
pub use load::{LoadError, load};
pub use matching::is_counter;
#[cfg(feature = "std")]
pub(crate) use seeded::fill;
pub use seeded::seeded;
