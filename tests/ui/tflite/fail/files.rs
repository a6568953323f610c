//! A file that is no network is an error at its path, which says what is wrong and where.
use netcost::prelude::*;

#[network(file = "no_such_file.tflite")]
struct NoFile;

#[network(file = "tflite")]
struct Folder;

#[network(file = "weights/not_weights.safetensors")]
struct Zip;

#[network(file = "tflite/bad/foreign.tflite")]
struct Foreign;

#[network(file = "tflite/bad/empty.tflite")]
struct Empty;

#[network(file = "tflite/bad/truncated.tflite")]
struct Truncated;

#[network(file = "tflite/bad/missing_tensor.tflite")]
struct Damaged;

#[network(file = "tflite/bad/unknown_operator.tflite")]
struct Unknown;

#[network(file = "tflite/bad/custom_operator.tflite")]
struct Custom;

#[network(file = "tflite/bad/hybrid.tflite")]
struct Hybrid;

#[network(file = "tflite/bad/int16.tflite")]
struct Int16;

#[network(file = "tflite/bad/batch.tflite")]
struct Batch;

fn main() {
    // What is used of them is not an error of its own.
    println!("{} {}", NoFile::MACS, Unknown::report());
    let _ = (Damaged::ARENA_BYTES, Batch::INPUTS);
}
