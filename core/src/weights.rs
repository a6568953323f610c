//! Weights: from a safetensors file, in a const or at run time, or seeded.
//!
//! The tensors of a file are matched with the layers by name. A network that names no layer can also be matched in
//! order, if not one of its names is in the file: its layers with weights, one by one, with the file's modules in the
//! natural order of their names.

mod embed;
mod file;
#[cfg(feature = "std")]
mod fold;
#[cfg(feature = "std")]
mod load;
mod matching;
mod read;
mod seeded;

#[doc(hidden)]
pub use embed::{floats, pack};
pub use file::{FileIndex, FileTensor, Position, header_names, natural_order};
#[cfg(feature = "std")]
pub use fold::fold;
#[cfg(feature = "std")]
pub use load::{LoadError, load};
pub use matching::is_counter;
#[cfg(feature = "std")]
pub(crate) use seeded::fill;
pub use seeded::seeded;
