//! The run: the steps of the program, one after the other, over the arena.
//!
//! Imports `base` to `program`.

pub(crate) mod engine;
