//! An input that looks like an image with its channels last is warned of, which `#[allow(deprecated)]` silences.
#![deny(warnings)]
use netcost::prelude::*;

/// Keyword spotting over time: 40 coefficients are the channels.
#[network]
#[allow(deprecated)]
pub fn TcResNet(x: Tensor<40, 101, 1>) -> Tensor<16, 101, 1> {
    x.conv2d(16, 1)
}

#[network]
pub fn Small(x: Tensor<16, 4, 4>, pooled: Tensor<16, 1, 1>) -> Tensor<16, 4, 4> {
    x + pooled
}

const SIDE: usize = 8;

#[network]
pub fn Constant(x: Tensor<1, SIDE, SIDE>) -> Tensor<1, SIDE, SIDE> {
    x.relu()
}

fn main() {}
