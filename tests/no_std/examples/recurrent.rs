//! Runs an embedding, recurrent layers and a step of one.

#![no_std]

use netcost::prelude::*;

#[network]
fn Recurrent(words: Tensor<5>) -> Tensor<4> {
    let (x, (h, _)) = words.embedding(9, 6).lstm(8, num_layers = 2, proj_size = 5);
    let (x, _) = x.gru(4, bidirectional = true, bias = false);
    let (x, _) = x.rnn(4, nonlinearity = Nonlinearity::Relu);
    let (x, _) = x.rnn(5);
    let [_, h] = h.chunk(2);
    x.narrow(0, 4, 1).flatten().gru_cell(5, hx = h.flatten()).rnn_cell(4)
}

static WEIGHTS: [f32; Recurrent::WEIGHTS_LEN] = [0.01; Recurrent::WEIGHTS_LEN];

/// Runs it.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Recurrent::ARENA_LEN]) -> f32 {
    match Recurrent::run(&WEIGHTS, arena) {
        Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
        Err(_) => -1.0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
