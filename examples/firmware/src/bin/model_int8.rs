//! A network of a `.tflite` file in 8-bit integers, which the variable `MODEL` named when this was built: a small DS-CNN,
//! or one of MLPerf Tiny.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Arena, Weights};
use netcost_firmware::host::{Exact, exit};
use netcost_firmware::{begin, end_int8, fits, print_instructions, say, start};

include!(concat!(env!("OUT_DIR"), "/model.rs"));
// Its name, the seed of an input, and LiteRT's output for it.
include!(concat!(env!("OUT_DIR"), "/golden.rs"));

const _: () = fits::<Model>();

static WEIGHTS: Weights<Model> = Model::weights();

start!(main, Arena<Model> = Arena::new());

fn main(arena: &mut Arena<Model>) -> ! {
    let counter = begin(NAME);
    write(arena.input());
    let from = counter.now();
    let output = Model::run(&WEIGHTS, arena);
    let instructions = counter.since(from);
    let Ok(output) = output else { exit(false) };
    let equal = output.iter().zip(&OUTPUT).filter(|(a, b)| a == b).count();
    let is_right = equal == OUTPUT.len() && equal == output.len();
    say!("equal to LiteRT's: ", Exact(equal as u64), " of ", Exact(OUTPUT.len() as u64), " numbers");
    write(arena.input());
    print_instructions::<Model>(&counter, instructions, |after| Model::run_each(&WEIGHTS, arena, after).is_ok());
    end_int8::<Model>(is_right)
}

/// Writes the input: the numbers of a generator.
fn write(input: &mut [i8]) {
    let mut state = SEED;
    for number in input {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *number = ((state >> 24) as u8 ^ 0x80) as i8;
    }
}
