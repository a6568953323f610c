//! The run: the steps of the program, one after the other, over the arena.
//!
//! Imports `base` to `tables`.

pub(crate) mod engine;
pub(crate) mod error;
pub(crate) mod outputs;
