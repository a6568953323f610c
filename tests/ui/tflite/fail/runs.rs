//! The weights and the arena of a network are of its type.
use netcost::prelude::*;

#[network(file = "tflite/tiny.tflite")]
struct Tiny;

#[network(file = "tflite/streaming.tflite")]
struct Streaming;

static WEIGHTS: Weights<Streaming> = Streaming::weights();

fn main() {
    let _ = Tiny::run(&WEIGHTS, &mut Arena::new());
    let _ = Tiny::run(&Tiny::weights(), &mut [0; 128]);
}
