//! Networks that cannot run row by row.
use netcost::prelude::*;

#[network(fuse, dtype = i8, stream)]
fn Vector(x: Tensor<64>) -> Tensor<10> {
    x.linear(10)
}

#[network(fuse, dtype = i8, stream)]
fn Two(x: Tensor<1, 8, 8>, y: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
    x + y
}

#[network(fuse, dtype = i8, stream)]
fn First(x: Tensor<4, 8, 8>) -> Tensor<4, 8, 8> {
    x.upsample2d(scale_factor = 2).max_pool2d(2)
}

#[network(fuse, stream)]
fn Floats(x: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
    x.conv2d(1, 3, padding = 1)
}

#[network(fuse, dtype = i8, stream)]
fn Mistaken(x: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
    x.conv(1, 3, padding = 1)
}

#[network(fuse, dtype = i8, stream = true)]
fn Valued(x: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
    x.conv2d(1, 3, padding = 1)
}

#[network(fuse, dtype = i8, steam)]
fn Misspelt(x: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
    x.conv2d(1, 3, padding = 1)
}

#[network(file = "tflite/flattened.tflite", stream)]
struct OfFloats;

#[network(file = "tflite/streaming.tflite", stream)]
struct Stateful;

fn main() {}
