//! A network of a `.tflite` file in 8-bit integers, which the variable `MODEL` named when this was built: a small DS-CNN,
//! one of MLPerf Tiny, or one that waits for a wake word and keeps state from frame to frame.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Arena, Weights};
use netcost_firmware::host::{Exact, exit};
use netcost_firmware::input::Input;
use netcost_firmware::{begin, end_int8, fits, print_instructions, say, start};

include!(concat!(env!("OUT_DIR"), "/model.rs"));
// Its name, and runs of LiteRT: whether it is started before, its input, and its output.
include!(concat!(env!("OUT_DIR"), "/golden.rs"));

const _: () = fits::<Model>();

static WEIGHTS: Weights<Model> = Model::weights();

start!(main, Arena<Model> = Arena::new());

fn main(arena: &mut Arena<Model>) -> ! {
    let counter = begin(NAME);
    let mut net = Model::start(&WEIGHTS, arena);
    let (mut equal, mut all, mut instructions) = (0, 0, 0);
    for &(starts, mut input, expected) in RUNS {
        if starts {
            net.reset();
        }
        input.write(net.input());
        let from = counter.now();
        let output = net.run();
        instructions = counter.since(from);
        let Ok(output) = output else { exit(false) };
        equal += output.iter().zip(expected).filter(|(a, b)| a == b).count();
        all += output.len();
    }
    let (equal, all) = (equal as u64, all as u64);
    say!("equal to LiteRT's: ", Exact(equal), " of ", Exact(all), " numbers");
    if let Some(&(_, mut input, _)) = RUNS.last() {
        input.write(net.input());
    }
    print_instructions::<Model>(&counter, instructions, |after| net.run_each(after).is_ok());
    end_int8::<Model>(equal == all)
}
