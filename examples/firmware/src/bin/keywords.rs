//! Keyword spotting on a microcontroller: MLPerf Tiny's DS-CNN, on seeded weights, which cost what trained ones do.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use netcost::Device;
use netcost::prelude::*;
use netcost_firmware::board::Board;
use netcost_firmware::host::exit;
use netcost_firmware::{Digest, begin, end, fits, tell_instructions};

/// The network of the zoo, and what it may take on this board.
#[network(fuse, typelevel)]
#[budget(flash <= Board::FLASH_BYTES, ram <= Board::RAM_BYTES)]
pub fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    netcost_zoo::DsCnn(x)
}

const _: () = fits::<Keywords>();

static WEIGHTS: [f32; Keywords::WEIGHTS_LEN] = include!(concat!(env!("OUT_DIR"), "/keywords.rs"));

#[entry]
fn main() -> ! {
    static mut ARENA: [f32; Keywords::ARENA_LEN] = [0.0; Keywords::ARENA_LEN];

    let counter = begin("keywords");
    write(Keywords::input(ARENA));
    let (scores, instructions) = counter.count(|| Keywords::run(&WEIGHTS, ARENA));
    let Ok(scores) = scores else { exit(false) };
    let mut digest = Digest::new();
    for &score in scores.iter() {
        digest.add(score);
    }
    digest.tell("scores");
    tell_instructions::<Keywords>(instructions);
    write(Keywords::input(ARENA));
    end::<Keywords>(Keywords::validate(&WEIGHTS, ARENA, |_| ()))
}

/// Some input: a slope, the same everywhere.
fn write(input: &mut [f32]) {
    for (feature, at) in input.iter_mut().zip(-245i16..) {
        *feature = f32::from(at) / 256.0;
    }
}
