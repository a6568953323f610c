//! Devices: how much flash and RAM a board has.
//!
//! Imports nothing of the crate.

pub(crate) mod device;

pub use device::*;
