//! An image whose channels come last is a warning at the input's type.
#![deny(deprecated)]
use netcost::prelude::*;

const SIDE: usize = 96;
const COLOURS: usize = 3;

#[network]
fn Person(x: Tensor<96, 96, 1>) -> Tensor<8, 94, 1> {
    x.conv2d(8, [3, 1])
}

#[network]
fn Constants(x: Tensor<SIDE, SIDE, COLOURS>) -> Tensor<8, 94, 1> {
    x.conv2d(8, 3)
}

#[network]
fn Generic<const N: usize>(x: Tensor<49, 10, 1>) -> Tensor<N, 49, 10> {
    x.permute([2, 0, 1]).conv2d(N, 1)
}

fn main() {}
