//! Runs layers that move axes, reduce them, and multiply tensors.

#![no_std]

use netcost::prelude::*;

/// Attention over the columns of an image, between moves and reductions.
#[network]
fn Axes(image: Tensor<4, 3, 6>) -> (Tensor<4, 5>, Tensor<3, 5>) {
    let x = image.transpose(0, 2).roll(-2, 0).narrow(2, 1, 3).permute([1, 0, 2]);
    let x = x.matmul(x.transpose(-1, -2)).softmax(axis = -1).matmul(x);
    let y = x.amax(axis = 0).maximum(x.amin(axis = 0)).minimum(image.sum(axes = [0, 1]).unsqueeze(1));
    let z = x.mean(axis = 2) / x.norm(axis = 2) + x.norm(p = 1, axis = 2);
    (y.linear(4).transpose(0, 1).narrow(1, 1, 5), z.narrow(1, 0, 5))
}

static WEIGHTS: [f32; Axes::WEIGHTS_LEN] = [0.01; Axes::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Axes::ARENA_LEN]) -> f32 {
    match Axes::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
