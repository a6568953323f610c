//! A file over its budget is an error at the limit, which names the layers as the file does.
use netcost::prelude::*;

#[network(file = "tflite/ds_cnn.tflite")]
#[budget(macs <= 200k, params <= 5k)]
struct Macs;

#[network(file = "tflite/ds_cnn.tflite")]
#[budget(flash <= 3 KiB, ram <= 2 KiB)]
struct Memory;

#[network(file = "tflite/streaming.tflite")]
#[budget(layer.macs <= 500)]
struct Layers;

fn main() {}
