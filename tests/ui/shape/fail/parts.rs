//! The parts of a tensor must cover it, and there must be one name for each.
use netcost::prelude::*;

#[network]
fn Pattern(x: Tensor<6, 8>) -> Tensor<2, 8> {
    let [a, b] = x.chunk(3);
    a + b
}

#[network]
fn TooMany(x: Tensor<6, 8>) -> Tensor<2, 8> {
    let [a, b, c, d] = x.chunk(4);
    concat([a, b, c, d])
}

#[network]
fn Sizes(x: Tensor<6, 8>) -> Tensor<2, 8> {
    let [a, _] = x.split([2, 3]);
    a.relu()
}

#[network]
fn Empty(x: Tensor<6, 8>) -> Tensor<6, 8> {
    let [a, _] = x.split([6, 0]);
    a.relu()
}

#[network]
fn Elements(x: Tensor<6, 8>) -> Tensor<7, 7> {
    x.reshape([7, 7])
}

fn main() {}
