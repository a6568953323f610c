//! Reads a network's numbers without running it.

#![no_std]

use netcost::prelude::*;

#[network]
#[budget(macs <= 3M, ram <= 64 KiB)]
fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<12> {
    let mut x = x.conv2d(64, [10, 4], stride = 2, padding = Same).batch_norm().relu();
    for _ in 0..4 {
        x = x.conv2d(x.channels(), 3, padding = 1, groups = x.channels()).batch_norm().relu();
        x = x.conv2d(64, 1).batch_norm().relu();
    }
    x.global_avg_pool().flatten().linear(12)
}

/// A number in the text.
#[unsafe(no_mangle)]
pub extern "C" fn macs() -> u64 {
    DsCnn::MACS
}

/// A table.
#[unsafe(no_mangle)]
pub static NUMBERS: [u64; 6] = [
    DsCnn::MACS_EXECUTED,
    DsCnn::FLOPS,
    DsCnn::PARAMS,
    DsCnn::WEIGHT_BYTES,
    DsCnn::ARENA_BYTES,
    DsCnn::TRAFFIC.total(),
];

/// Memory of the right size.
#[unsafe(no_mangle)]
pub static WEIGHTS: [f32; DsCnn::WEIGHTS_LEN] = [0.5; DsCnn::WEIGHTS_LEN];

/// A comparison that is decided at compile time.
#[unsafe(no_mangle)]
pub extern "C" fn fits(ram: u64) -> bool {
    ram >= DsCnn::MEMORY.arena_bytes && DsCnn::LAYERS.len() == 30
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
