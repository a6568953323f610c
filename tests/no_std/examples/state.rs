//! Runs layers that keep state from one run to the next.

#![no_std]

use netcost::prelude::*;

#[network]
fn Stateful(x: Tensor<4, 1>) -> Tensor<3> {
    let frame = x.streaming_conv1d(6, 3, dilation = 2).relu().flatten();
    let (y, _) = frame.unsqueeze(0).lstm(3, stateful = true);
    let total = state([3], value = 1.0);
    let sum = total + y.flatten();
    total.update(sum);
    sum
}

static WEIGHTS: [f32; Stateful::WEIGHTS_LEN] = [0.01; Stateful::WEIGHTS_LEN];

/// Starts it, and runs it for each frame.
#[unsafe(no_mangle)]
pub extern "C" fn infer(arena: &mut [f32; Stateful::ARENA_LEN], frames: &[[f32; 4]; 8]) -> f32 {
    let Ok(mut net) = Stateful::start(&WEIGHTS, arena) else { return -1.0 };
    let mut last = 0.0;
    for frame in frames {
        for (input, value) in net.input().iter_mut().zip(frame) {
            *input = *value;
        }
        last = match net.run() {
            Ok(outputs) => outputs.first().copied().unwrap_or(0.0),
            Err(_) => return -1.0,
        };
    }
    net.reset();
    last
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
