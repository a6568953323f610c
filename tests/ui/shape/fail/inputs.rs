//! The arguments of a network or a block must match its declaration.
use netcost::prelude::*;

#[network]
fn Features(x: Tensor<3, 32, 32>) -> Tensor<8, 30, 30> {
    x.conv2d(8, 3)
}

#[block]
fn head(x: Tensor<8, 30, 30>) -> Tensor {
    x.flatten().linear(10)
}

#[network]
fn Network(x: Tensor<3, 64, 64>) -> Tensor<10> {
    head(Features(x))
}

#[network]
fn Block(x: Tensor<3, 32, 32>) -> Tensor<10> {
    head(Features(x).relu().max_pool2d(2))
}

fn main() {}
