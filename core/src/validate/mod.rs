//! The proof: what is declared is compared with what is executed and counted.
//!
//! Imports `base` to `run`.

pub(crate) mod error;
pub(crate) mod poison;
pub(crate) mod validate;
