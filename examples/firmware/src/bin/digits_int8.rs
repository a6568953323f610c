//! The network of `digits` in 8-bit integers, from its `.tflite` file: its logits are those of LiteRT.

#![no_std]
#![no_main]

use netcost::Device;
use netcost::prelude::*;
use netcost_firmware::board::Board;
use netcost_firmware::digits::{Accuracy, Equal, IMAGES, LABELS, LOGITS, write};
use netcost_firmware::host::exit;
use netcost_firmware::{begin, end_int8, fits, print_instructions, start};

/// A network for 8 × 8 images.
#[network(file = "../digits/digits.tflite", typelevel)]
#[budget(flash <= Board::FLASH_BYTES, ram <= Board::RAM_BYTES)]
pub struct Digits;

const _: () = fits::<Digits>();

/// In flash, and read from there.
static WEIGHTS: Weights<Digits> = Digits::weights();

start!(main, Arena<Digits> = Arena::new());

fn main(arena: &mut Arena<Digits>) -> ! {
    let counter = begin("digits_int8");
    let (mut accuracy, mut equal, mut instructions) = (Accuracy::default(), Equal::default(), 0);
    for ((image, &label), expected) in IMAGES.iter().zip(LABELS).zip(LOGITS) {
        write(image, arena.input());
        let from = counter.now();
        let scores = Digits::run(&WEIGHTS, arena);
        instructions = counter.since(from);
        let Ok(scores) = scores else { exit(false) };
        equal.add(&scores, expected);
        accuracy.add(&scores, label);
    }
    accuracy.print();
    equal.print("");
    if let Some(image) = IMAGES.first() {
        write(image, arena.input());
    }
    print_instructions::<Digits>(&counter, instructions, |after| Digits::run_each(&WEIGHTS, arena, after).is_ok());
    end_int8::<Digits>(equal.is_all())
}
