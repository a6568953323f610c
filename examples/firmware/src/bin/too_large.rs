//! Must not compile: a network whose costs fit in 64 bits, but whose arena 32 bits cannot address.

#![no_std]
#![no_main]

use netcost::prelude::*;

#[network]
pub fn Gigantic(x: Tensor<1, 65_536, 65_536>) -> Tensor<1, 65_536, 65_536> {
    x.conv2d(1, 3, padding = 1)
}

/// This compiles for any target.
pub const MACS: u64 = Gigantic::MACS;
const _: () = assert!(MACS == 9 << 32);

/// This does not.
pub const ARENA_LEN: usize = Gigantic::ARENA_LEN;
