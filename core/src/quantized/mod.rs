//! The run of a network in 8-bit integers: its steps and weights, both made at compile time from a file, and the loop over
//! them.
//!
//! Imports `base` to `run`.

#[cfg(test)]
mod damaged;
pub(crate) mod engine;
pub(crate) mod memory;
pub(crate) mod network;
#[cfg(test)]
mod operators;
pub(crate) mod runner;
pub(crate) mod source;
pub(crate) mod steps;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
