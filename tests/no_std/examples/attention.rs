//! Runs an embedding and attention over its tokens.

#![no_std]

use netcost::prelude::*;

#[network]
fn Attention(words: Tensor<5>) -> Tensor<5, 8> {
    let x = words.embedding(16, 8).multi_head_attention(2, is_causal = true);
    x.multi_head_attention(2, key = x.narrow(0, 0, 3))
}

static WEIGHTS: [f32; Attention::WEIGHTS_LEN] = [0.01; Attention::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Attention::ARENA_LEN]) -> f32 {
    match Attention::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
