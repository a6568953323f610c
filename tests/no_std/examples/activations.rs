//! Runs the activations: of single numbers, of halves, and along an axis.

#![no_std]

use netcost::prelude::*;

#[network]
fn Activations(x: Tensor<4, 6>) -> Tensor<2, 6> {
    let x = x.sigmoid().leaky_relu().hard_swish().hard_sigmoid().silu().gelu().scale(2.0);
    let x = x * parameter([4, 1]) + constant([6], 0.5) + iota([4, 6], axis = 1);
    let x = x.elu().celu(alpha = 2.0).selu().mish().softplus(beta = 2.0).softsign().log_sigmoid();
    let x = x.neg().abs().sqrt().log().exp().hard_tanh().clamp(0.1, 0.9).clamp_min(0.2).clamp_max(0.8);
    x.prelu().prelu(num_parameters = 4).glu(axis = 0).log_softmax(axis = 1)
}

static WEIGHTS: [f32; Activations::WEIGHTS_LEN] = [0.01; Activations::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Activations::ARENA_LEN]) -> f32 {
    match Activations::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
