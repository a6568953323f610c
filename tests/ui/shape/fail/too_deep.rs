//! A network has at most 2,048 layers.
use netcost::prelude::*;

#[network]
fn Deep(x: Tensor<8>) -> Tensor<8> {
    let mut x = x;
    for _ in 0..2048 {
        x = x.relu();
    }
    x
}

#[block]
fn layers(x: Tensor, count: usize) -> Tensor {
    let mut x = x;
    for _ in 0..count {
        x = x.linear(8);
    }
    x
}

#[network]
fn InBlocks(x: Tensor<8>) -> Tensor<8> {
    let x = layers(x, 2000);
    layers(x, 100)
}

#[network]
fn Wide(x: Tensor<8>) -> Tensor<8> {
    let mut parts = vec![];
    for _ in 0..129 {
        parts.push(x.linear(1));
    }
    concat(parts)
}

fn main() {}
