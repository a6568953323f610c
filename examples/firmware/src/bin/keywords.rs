//! Keyword spotting on a microcontroller: MLPerf Tiny's DS-CNN with seeded weights, which cost the same as trained ones.

#![no_std]
#![no_main]

use netcost::Device;
use netcost::prelude::*;
use netcost_firmware::board::Board;
use netcost_firmware::host::{Exact, Share, exit};
use netcost_firmware::{Digest, begin, end, fits, print_instructions, say, start};

/// The zoo's network, within this board's budget.
#[network(fuse, typelevel)]
#[budget(flash <= Board::FLASH_BYTES, ram <= Board::RAM_BYTES)]
pub fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    netcost_zoo::DsCnn(x)
}

const _: () = fits::<Keywords>();

static WEIGHTS: [f32; Keywords::WEIGHTS_LEN] = include!(concat!(env!("OUT_DIR"), "/keywords.rs"));

start!(main, [f32; Keywords::ARENA_LEN] = [0.0; Keywords::ARENA_LEN]);

fn main(arena: &mut [f32; Keywords::ARENA_LEN]) -> ! {
    let counter = begin("keywords");
    write(Keywords::input(arena));
    let from = counter.now();
    let scores = Keywords::run(&WEIGHTS, arena);
    let instructions = counter.since(from);
    let Ok(scores) = scores else { exit(false) };
    let mut digest = Digest::new();
    for &score in scores.iter() {
        digest.add(score);
    }
    digest.print("scores");
    write(Keywords::input(arena));
    print_instructions::<Keywords>(&counter, instructions, |after| Keywords::run_each(&WEIGHTS, arena, after).is_ok());
    let from = counter.now();
    loop_nest(&WEIGHTS, arena);
    let nest = counter.since(from);
    let macs = (CHANNELS * CHANNELS * PLANE) as u64;
    say!("a pointwise layer as a loop nest: ", Exact(nest), ", ", Exact(macs), ", ", Share(nest, macs));
    write(Keywords::input(arena));
    end::<Keywords>(Keywords::validate(&WEIGHTS, arena, |_| ()))
}

/// Writes an input, a slope that is the same on every board.
fn write(input: &mut [f32]) {
    for (feature, at) in input.iter_mut().zip(-245i16..) {
        *feature = f32::from(at) / 256.0;
    }
}

const CHANNELS: usize = 64;
const PLANE: usize = 25 * 5;

/// A pointwise layer of this network as one might write it by hand, on arbitrary input and weights.
#[inline(never)]
fn loop_nest(weights: &[f32; Keywords::WEIGHTS_LEN], arena: &mut [f32; Keywords::ARENA_LEN]) {
    let weights = weights.as_chunks::<CHANNELS>().0;
    let (input, output) = arena.split_at_mut(CHANNELS * PLANE);
    let outputs = output.as_chunks_mut::<PLANE>().0;
    for (output, weights) in outputs.iter_mut().zip(weights) {
        for (at, output) in output.iter_mut().enumerate() {
            let mut sum = 0.0;
            for (row, weight) in input.as_chunks::<PLANE>().0.iter().zip(weights) {
                sum += row[at] * weight;
            }
            *output = sum;
        }
    }
}
