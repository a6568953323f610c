//! Weights: from a safetensors file, at compile time or at run time, or seeded.
//!
//! A file's tensors are matched with layers by name. If a network names no layer, and none of its names is in the
//! file, they are matched in order: its layers with weights, one by one, with the file's modules in the natural order
//! of their names.
//!
//! Imports `base` to `run`; `state_dict`, the lowest file, `base` to `deploy`.

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
pub use header::{ElementType, Header, TensorInfo, Unusable};
#[cfg(feature = "std")]
pub use load::{LoadError, load};
pub use matching::is_counter;
pub use seeded::seeded;
