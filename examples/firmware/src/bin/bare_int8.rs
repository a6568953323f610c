//! Runs the network of `model_int8` and prints nothing: `sizes.sh` measures it, and checks it for symbols that must not be
//! linked.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use netcost::prelude::*;
use netcost::{Arena, Weights};

include!(concat!(env!("OUT_DIR"), "/model.rs"));

static WEIGHTS: Weights<Model> = Model::weights();

#[entry]
fn main() -> ! {
    static mut ARENA: Arena<Model> = Arena::new();
    loop {
        ARENA.input().fill(black_box(0));
        black_box(Model::run(&WEIGHTS, ARENA).is_ok());
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
