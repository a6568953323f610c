//! A mistake in the declaration is reported alone: a network without numbers breaks no budget.
use netcost::prelude::*;

#[network]
#[budget(macs <= 1, params <= 1)]
fn Shape(x: Tensor<3, 8, 8>) -> Tensor<10> {
    x.conv2d(8, 9).flatten().linear(10)
}

#[network]
#[budget(macs <= 1, params <= 1)]
fn Keyword(x: Tensor<3, 8, 8>) -> Tensor<10> {
    x.conv2d(8, 3, strides = 2).flatten().linear(10)
}

fn main() {}
