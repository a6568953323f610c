//! A network of a `.tflite` file in 8-bit integers that is fed row by row, as a camera would: its input is nowhere in
//! memory as a whole. The variable `MODEL` named the file when this was built.

#![no_std]
#![no_main]

use netcost::prelude::*;
use netcost::{Arena, Weights};
use netcost_firmware::host::{Exact, Share, exit};
use netcost_firmware::input::Input;
use netcost_firmware::{begin, end_int8, fits, say, start};

include!(concat!(env!("OUT_DIR"), "/model_rows.rs"));
// Its name, and runs of LiteRT: whether it is started before, its input, and its output.
include!(concat!(env!("OUT_DIR"), "/golden.rs"));

const _: () = fits::<Model>();

static WEIGHTS: Weights<Model> = Model::weights();

/// The rows of the input, and their length.
const HEIGHT: usize = Model::INPUTS[0].shape.dim(1);
const ROW: usize = Model::INPUTS[0].shape.dim(0) * Model::INPUTS[0].shape.dim(2);

start!(main, Arena<Model> = Arena::new());

fn main(arena: &mut Arena<Model>) -> ! {
    let counter = begin(NAME);
    let mut net = Model::start(&WEIGHTS, arena);
    let (mut equal, mut all) = (0, 0);
    // Instructions: of all rows, of the one that takes most but for the last, of the last, and of what comes after it.
    let (mut rows, mut worst, mut last, mut rest) = (0, 0, 0, 0);
    for &(_, mut input, expected) in RUNS {
        (rows, worst) = (0, 0);
        for at in 0..HEIGHT {
            let mut row = [0; ROW];
            input.write(&mut row);
            let from = counter.now();
            let fed = net.feed_row(&row);
            last = counter.since(from);
            rows += last;
            if at + 1 < HEIGHT && last > worst {
                worst = last;
            }
            if fed.is_err() {
                exit(false);
            }
        }
        let from = counter.now();
        let output = net.run();
        rest = counter.since(from);
        let Ok(output) = output else { exit(false) };
        equal += output.iter().zip(expected).filter(|(a, b)| a == b).count();
        all += output.len();
    }
    let (equal, all) = (equal as u64, all as u64);
    say!("equal to LiteRT's: ", Exact(equal), " of ", Exact(all), " numbers");
    let (total, executed) = (rows + rest, Model::MACS_EXECUTED);
    say!(
        "instructions: ",
        Exact(total),
        " an inference, ",
        Share(total, executed),
        " a MAC of ",
        Exact(executed),
        " executed"
    );
    say!("  of a row: ", Exact(rows / HEIGHT as u64), " on average, at most ", Exact(worst));
    say!("  of the last row: ", Exact(last), ", after it: ", Exact(rest));
    end_int8::<Model>(equal == all)
}
