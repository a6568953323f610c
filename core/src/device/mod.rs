//! Devices: how much flash and RAM a board has, and whether a network fits.
//!
//! Imports `base` to `network`.

pub(crate) mod device;
pub(crate) mod fits;

pub use device::*;
