//! The network of `digits`, declared in 8-bit integers: with the weights that netcost has quantized, and with those of the
//! `.tflite` file, where its logits are those of LiteRT.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Device, weights};
use netcost_firmware::board::Board;
use netcost_firmware::digits::{Accuracy, Equal, IMAGES, INPUT, LABELS, LOGITS, write};
use netcost_firmware::host::exit;
use netcost_firmware::{Digest, begin, end_int8, fits, print_instructions, start};

/// A network for 8 × 8 images.
#[network(fuse, dtype = i8, typelevel)]
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
static QUANTIZED: Weights<Digits> = weights!(Digits, "../digits/weights_int8.safetensors");
static MATCHED: Weights<Digits> = weights!(Digits, "../digits/digits.tflite");

start!(main, Arena<Digits> = Arena::new());

fn main(arena: &mut Arena<Digits>) -> ! {
    let counter = begin("digits_declared");
    if QUANTIZED.input(0) != Some(INPUT) || MATCHED.input(0) != Some(INPUT) {
        exit(false);
    }
    let (mut accuracy, mut instructions, mut digest) = (Accuracy::default(), 0, Digest::new());
    for (image, &label) in IMAGES.iter().zip(LABELS) {
        write(image, arena.input());
        let from = counter.now();
        let scores = Digits::run(&QUANTIZED, arena);
        instructions = counter.since(from);
        let Ok(scores) = scores else { exit(false) };
        scores.iter().for_each(|&score| digest.add(score.into()));
        accuracy.add(&scores, label);
    }
    accuracy.print();
    digest.print("logits");
    let mut equal = Equal::default();
    for (image, expected) in IMAGES.iter().zip(LOGITS) {
        write(image, arena.input());
        let Ok(scores) = Digits::run(&MATCHED, arena) else { exit(false) };
        equal.add(&scores, expected);
    }
    equal.print("of the file, ");
    if let Some(image) = IMAGES.first() {
        write(image, arena.input());
    }
    print_instructions::<Digits>(&counter, instructions, |after| Digits::run_each(&QUANTIZED, arena, after).is_ok());
    end_int8::<Digits>(equal.is_all())
}
