//! Layers take tensors of a given rank; there is no batch axis.
use netcost::prelude::*;

#[network]
fn Image(x: Tensor<1, 3, 224, 224>) -> Tensor<8, 222, 222> {
    x.conv2d(8, 3)
}

#[network]
fn Vector(x: Tensor<100>) -> Tensor<8> {
    x.conv1d(8, 3).flatten()
}

#[network]
fn Pool(x: Tensor<3, 224, 224>) -> Tensor<3, 112> {
    x.max_pool1d(2)
}

#[network]
fn Adaptive(x: Tensor<3, 224>) -> Tensor<3, 7> {
    x.adaptive_avg_pool2d(7)
}

#[network]
fn Global(x: Tensor<100>) -> Tensor<1> {
    x.global_avg_pool()
}

#[network]
fn TooMany(x: Tensor<1, 2, 3, 4, 5, 6, 7>) -> Tensor<1> {
    x.flatten()
}

fn main() {}
