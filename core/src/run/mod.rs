//! The run: executes the program's steps one after another on the arena.
//!
//! Imports `base` to `tables`.

pub(crate) mod engine;
pub(crate) mod error;
pub(crate) mod outputs;
pub(crate) mod runnable;
