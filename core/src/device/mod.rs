//! Devices: how much flash and RAM a board has.
//!
//! Imports `base`.

pub(crate) mod device;

pub use device::*;
