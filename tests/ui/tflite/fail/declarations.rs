//! What a file states is not stated again.
use netcost::prelude::*;

#[network(file = "tflite/tiny.tflite")]
fn Function(x: Tensor<5, 5, 1>) -> Tensor<3> {
    x.flatten().linear(3)
}

#[network(file = "tflite/tiny.tflite")]
struct Fields {
    len: usize,
}

#[network(file = "tflite/tiny.tflite")]
struct Generic<const N: usize>;

#[network(file = "tflite/tiny.tflite", fuse)]
struct Fused;

#[network(file = "tflite/tiny.tflite", dtype = i8)]
struct Typed;

#[network(file = PATH)]
struct NoText;

#[network(file)]
struct NoPath;

#[network(micro)]
fn Declared(x: Tensor<8>) -> Tensor<3> {
    x.linear(3)
}

// Its name is declared, whatever it is.
const _: u64 = Function::MACS;

fn main() {}
