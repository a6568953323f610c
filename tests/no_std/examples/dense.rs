//! Runs a network of linear layers, tanh and softmax.

#![no_std]

use netcost::prelude::*;

#[network]
fn Dense(x: Tensor<8>) -> Tensor<4> {
    x.linear(8).tanh().linear(4).softmax()
}

static WEIGHTS: [f32; Dense::WEIGHTS_LEN] = [0.01; Dense::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Dense::ARENA_LEN]) -> f32 {
    match Dense::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
