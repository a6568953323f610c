//! A network of a file has the weights of its file.
use netcost::prelude::*;

#[network(file = "tflite/tiny.tflite")]
struct Tiny;

static WEIGHTS: Weights<Tiny> = netcost::weights!(Tiny, "tflite/tiny.tflite");

fn main() {}
