//! The network of `digits`, declared in 8-bit integers: with the weights that netcost has quantized, and with those of the
//! `.tflite` file, where its logits are those of LiteRT.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Device, Quantization, weights};
use netcost_firmware::board::Board;
use netcost_firmware::host::{Exact, Share, exit};
use netcost_firmware::{Digest, begin, end_int8, fits, print_instructions, say, start};

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

/// The images, one byte per pixel, the digits they show, and LiteRT's logits for them.
static IMAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/images.bin"));
static LABELS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/labels.bin"));
static LOGITS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/logits_int8.bin"));

/// What the input's integers stand for, with either weights.
const INPUT: Quantization = Quantization { scale: 1.0 / 255.0, zero_point: -128 };

/// The 17 levels of a pixel, from black to white, as integers of the input.
const LEVELS: [i8; 17] = {
    let (mut levels, mut level) = ([0; 17], 0);
    while level < levels.len() {
        levels[level] = INPUT.quantize(level as f32 / 16.0);
        level += 1;
    }
    levels
};

start!(main, Arena<Digits> = Arena::new());

fn main(arena: &mut Arena<Digits>) -> ! {
    let counter = begin("digits_declared");
    if QUANTIZED.input(0) != Some(INPUT) || MATCHED.input(0) != Some(INPUT) {
        exit(false);
    }
    let (mut correct, mut instructions, mut digest) = (0, 0, Digest::new());
    let images = IMAGES.as_chunks::<64>().0;
    for (image, &label) in images.iter().zip(LABELS) {
        write(image, arena.input());
        let from = counter.now();
        let scores = Digits::run(&QUANTIZED, arena);
        instructions = counter.since(from);
        let Ok(scores) = scores else { exit(false) };
        let mut best = (0, i8::MIN);
        for (digit, &score) in scores.iter().enumerate() {
            digest.add(score.into());
            if score > best.1 {
                best = (digit, score);
            }
        }
        correct += u64::from(best.0 == label.into());
    }
    let all = images.len() as u64;
    say!("accuracy: ", Exact(correct), " of ", Exact(all), ", ", Share(100 * correct, all), " %");
    digest.print("logits");
    let mut equal = 0;
    for (image, expected) in images.iter().zip(LOGITS.as_chunks::<10>().0) {
        write(image, arena.input());
        let Ok(scores) = Digits::run(&MATCHED, arena) else { exit(false) };
        equal += scores.iter().zip(expected).filter(|&(&score, &expected)| score == expected as i8).count() as u64;
    }
    say!("of the file, equal to LiteRT's: ", Exact(equal), " of ", Exact(LOGITS.len() as u64), " logits");
    if let Some(image) = images.first() {
        write(image, arena.input());
    }
    print_instructions::<Digits>(&counter, instructions, |after| Digits::run_each(&QUANTIZED, arena, after).is_ok());
    end_int8::<Digits>(equal == LOGITS.len() as u64)
}

fn write(image: &[u8; 64], input: &mut [i8]) {
    for (input, &pixel) in input.iter_mut().zip(image) {
        *input = LEVELS.get(usize::from(pixel)).copied().unwrap_or(i8::MAX);
    }
}
