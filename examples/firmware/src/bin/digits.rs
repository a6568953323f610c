//! Handwritten digits on a microcontroller: the trained network of the example `digits`, on images it has not seen.

#![no_std]
#![no_main]

use netcost::Device;
use netcost::prelude::*;
use netcost_firmware::board::Board;
use netcost_firmware::digits::{Accuracy, IMAGES, LABELS};
use netcost_firmware::host::exit;
use netcost_firmware::{Digest, begin, end, fits, print_instructions, start};

/// A network for 8 × 8 images.
#[network(fuse, typelevel)]
#[budget(flash <= Board::FLASH_BYTES, ram <= Board::RAM_BYTES)]
pub fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
    x.conv2d(16, 3, padding = 1, bias = false)
        .batch_norm()
        .relu()
        .max_pool2d(2)
        .conv2d(32, 3, padding = 1, bias = false)
        .batch_norm()
        .relu()
        .max_pool2d(2)
        .flatten()
        .linear(10)
}

const _: () = fits::<Digits>();

/// In flash, and read from there.
static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "../digits/weights.safetensors");

start!(main, [f32; Digits::ARENA_LEN] = [0.0; Digits::ARENA_LEN]);

fn main(arena: &mut [f32; Digits::ARENA_LEN]) -> ! {
    let counter = begin("digits");
    let (mut accuracy, mut digest, mut instructions) = (Accuracy::default(), Digest::new(), 0);
    for (image, &label) in IMAGES.iter().zip(LABELS) {
        write(image, Digits::input(arena));
        let from = counter.now();
        let scores = Digits::run(&WEIGHTS, arena);
        instructions = counter.since(from);
        let Ok(scores) = scores else { exit(false) };
        scores.iter().for_each(|&score| digest.add(score));
        accuracy.add(&scores, label);
    }
    accuracy.print();
    digest.print("logits");
    if let Some(image) = IMAGES.first() {
        write(image, Digits::input(arena));
        print_instructions::<Digits>(&counter, instructions, |after| Digits::run_each(&WEIGHTS, arena, after).is_ok());
        write(image, Digits::input(arena));
    }
    end::<Digits>(Digits::validate(&WEIGHTS, arena, |_| ()))
}

fn write(image: &[u8; 64], input: &mut [f32]) {
    for (input, &pixel) in input.iter_mut().zip(image) {
        *input = f32::from(pixel) / 16.0;
    }
}
