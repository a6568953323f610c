//! The proof: compares what is declared with what is counted during execution; of a run by rows, that it reads only what
//! is in use.
//!
//! Imports `base` to `quantized`.

pub(crate) mod by_rows;
pub(crate) mod error;
pub(crate) mod poison;
pub(crate) mod validate;
