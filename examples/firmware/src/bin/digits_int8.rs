//! The network of `digits` in 8-bit integers, from its `.tflite` file: its logits are those of LiteRT.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Arena, Device, Quantization, Weights};
use netcost_firmware::board::Board;
use netcost_firmware::host::{Exact, Share, exit};
use netcost_firmware::{begin, end_int8, fits, print_instructions, say, start};

/// A network for 8 × 8 images.
#[network(file = "../digits/digits.tflite", typelevel)]
#[budget(flash <= Board::FLASH_BYTES, ram <= Board::RAM_BYTES)]
pub struct Digits;

const _: () = fits::<Digits>();

/// In flash, and read from there.
static WEIGHTS: Weights<Digits> = Digits::weights();

/// The images, one byte per pixel, the digits they show, and LiteRT's logits for them.
static IMAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/images.bin"));
static LABELS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/labels.bin"));
static LOGITS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/logits_int8.bin"));

/// The 17 levels of a pixel, from black to white, as integers of the input.
const LEVELS: [i8; 17] = {
    let input = Quantization { scale: 1.0 / 255.0, zero_point: -128 };
    let (mut levels, mut level) = ([0; 17], 0);
    while level < levels.len() {
        levels[level] = input.quantize(level as f32 / 16.0);
        level += 1;
    }
    levels
};

start!(main, Arena<Digits> = Arena::new());

fn main(arena: &mut Arena<Digits>) -> ! {
    let counter = begin("digits_int8");
    let (mut correct, mut equal, mut instructions) = (0, 0, 0);
    let images = IMAGES.as_chunks::<64>().0;
    for ((image, &label), expected) in images.iter().zip(LABELS).zip(LOGITS.as_chunks::<10>().0) {
        write(image, arena.input());
        let from = counter.now();
        let scores = Digits::run(&WEIGHTS, arena);
        instructions = counter.since(from);
        let Ok(scores) = scores else { exit(false) };
        let mut best = (0, i8::MIN);
        for (digit, (&score, &expected)) in scores.iter().zip(expected).enumerate() {
            equal += u64::from(score == expected as i8);
            if score > best.1 {
                best = (digit, score);
            }
        }
        correct += u64::from(best.0 == label.into());
    }
    let all = images.len() as u64;
    say!("accuracy: ", Exact(correct), " of ", Exact(all), ", ", Share(100 * correct, all), " %");
    say!("equal to LiteRT's: ", Exact(equal), " of ", Exact(LOGITS.len() as u64), " logits");
    if let Some(image) = images.first() {
        write(image, arena.input());
    }
    print_instructions::<Digits>(&counter, instructions, |after| Digits::run_each(&WEIGHTS, arena, after).is_ok());
    end_int8::<Digits>(equal == LOGITS.len() as u64)
}

fn write(image: &[u8; 64], input: &mut [i8]) {
    for (input, &pixel) in input.iter_mut().zip(image) {
        *input = LEVELS.get(usize::from(pixel)).copied().unwrap_or(i8::MAX);
    }
}
