//! The network as a table of words that the run reads.
//!
//! Imports `base` to `deploy`.

pub(crate) mod places;
pub(crate) mod program;
pub(crate) mod views;
