//! A network of layers that change the resolution.

#![no_std]

use netcost::prelude::*;

/// Transposed convolutions, dense and by groups; paddings, interpolations and shuffles.
#[network]
fn Resample(x: Tensor<4, 3, 5>) -> Tensor<24, 14, 24> {
    let x = x.conv_transpose2d(6, 4, stride = 2, padding = 1, bias = false);
    let x = x.conv_transpose2d(6, 3, stride = 2, padding = 2, output_padding = 1, dilation = [1, 2], groups = 2);
    let x = x.pad2d(1, value = 0.5).pad2d(1, after = 0, mode = Reflect).pad2d(0, after = 1, mode = Replicate);
    let x = x.upsample2d(scale_factor = 2).upsample2d(size = [14, 24], mode = Bicubic).pad2d(1, mode = Circular);
    let x = x.upsample2d(size = [28, 48], mode = Bilinear);
    x.pixel_unshuffle(2).channel_shuffle(3).pixel_shuffle(2).pixel_unshuffle(2).adaptive_max_pool2d([14, 24])
}

static WEIGHTS: [f32; Resample::WEIGHTS_LEN] = [0.01; Resample::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Resample::ARENA_LEN]) -> f32 {
    match Resample::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
