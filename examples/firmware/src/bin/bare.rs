//! Runs DS-CNN and prints nothing: `sizes.sh` measures it, and checks it for symbols that must not be linked. With the
//! feature `generic`, the network is an instance of a generic one.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use netcost::prelude::*;

/// DS-CNN on `FRAMES` frames of ten features.
#[cfg(feature = "generic")]
#[network(fuse)]
pub fn Generic<const FRAMES: usize>(x: Tensor<1, FRAMES, 10>) -> Tensor<12> {
    netcost_zoo::DsCnn(x)
}

#[cfg(feature = "generic")]
type Bare = Generic<49>;
#[cfg(not(feature = "generic"))]
type Bare = netcost_zoo::DsCnnFused;

static WEIGHTS: [f32; Bare::WEIGHTS_LEN] = include!(concat!(env!("OUT_DIR"), "/keywords.rs"));

#[entry]
fn main() -> ! {
    static mut ARENA: [f32; Bare::ARENA_LEN] = [0.0; Bare::ARENA_LEN];
    loop {
        Bare::input(ARENA).fill(black_box(0.5));
        black_box(Bare::run(&WEIGHTS, ARENA).is_ok());
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
