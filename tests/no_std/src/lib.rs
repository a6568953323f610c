//! A library without std and without a heap that contains nothing but one network.

#![no_std]

use netcost::prelude::*;

/// Convolutions, a normalisation, pools, a residual sum and a linear layer, but no softmax, hence no exponential.
#[network]
fn Tiny(x: Tensor<1, 16, 16>) -> Tensor<4> {
    let x = x.conv2d(8, 3, stride = 2, padding = Same, bias = false).batch_norm().relu();
    let y = x.conv2d(8, 3, padding = 1, groups = 8).relu6().conv2d(8, 1);
    let [a, b] = (x + y).max_pool2d(2).chunk(2);
    concat([b, a]).avg_pool2d(2).flatten().linear(4)
}

/// The same for every instance of a generic network.
#[network]
fn Generic<const SIZE: usize>(x: Tensor<1, SIZE, SIZE>) -> Tensor<4> {
    x.conv2d(4, 3, stride = 2).relu().global_avg_pool().flatten().linear(4)
}

static WEIGHTS: [f32; Tiny::WEIGHTS_LEN] = [0.01; Tiny::WEIGHTS_LEN];
static GENERIC_WEIGHTS: [f32; Generic::<9>::WEIGHTS_LEN] = [0.01; Generic::<9>::WEIGHTS_LEN];

/// Runs the concrete network.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Tiny::ARENA_LEN]) -> f32 {
    match Tiny::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

/// Runs the instance.
#[unsafe(no_mangle)]
pub extern "C" fn infer_generic(arena: &mut [f32; Generic::<9>::ARENA_LEN]) -> f32 {
    match Generic::<9>::run(&GENERIC_WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

/// Reads constants.
#[unsafe(no_mangle)]
pub extern "C" fn macs() -> u64 {
    Tiny::MACS + Generic::<9>::MACS
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
