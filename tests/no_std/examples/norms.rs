//! Runs normalisations by their input's statistics, over elements, groups and channels.

#![no_std]

use netcost::prelude::*;

#[network]
fn Norms(x: Tensor<4, 3, 5>) -> Tensor<4, 3, 5> {
    x.layer_norm(axes = 2).group_norm(2).rms_norm().instance_norm().local_response_norm(3)
}

static WEIGHTS: [f32; Norms::WEIGHTS_LEN] = [0.01; Norms::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Norms::ARENA_LEN]) -> f32 {
    match Norms::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
