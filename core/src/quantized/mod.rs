//! The run of a network in 8-bit integers: its steps and weights, both made at compile time, from a `.tflite` file or
//! from tensors of a declared network, and the loop over them.
//!
//! Imports `base` to `run`.

#[cfg(test)]
mod by_rows;
#[cfg(test)]
mod damaged;
pub(crate) mod engine;
pub(crate) mod feed;
pub(crate) mod file;
pub(crate) mod kernels;
pub(crate) mod matching;
pub(crate) mod memory;
pub(crate) mod network;
#[cfg(test)]
mod operators;
#[cfg(test)]
mod orders;
pub(crate) mod recipe;
pub(crate) mod runner;
pub(crate) mod source;
pub(crate) mod steps;
pub(crate) mod tensors;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
