//! The proof: compares what is declared with what is counted during execution.
//!
//! Imports `base` to `run`.

pub(crate) mod error;
pub(crate) mod poison;
pub(crate) mod validate;
