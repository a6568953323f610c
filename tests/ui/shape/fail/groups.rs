//! Groups divide the channels.
use netcost::prelude::*;

#[network]
fn Inputs(x: Tensor<3, 8, 8>) -> Tensor<8, 6, 6> {
    x.conv2d(8, 3, groups = 2)
}

#[network]
fn Outputs(x: Tensor<6, 8, 8>) -> Tensor<8, 6, 6> {
    x.conv2d(8, 3, groups = 3)
}

#[network]
fn Both(x: Tensor<6, 8>) -> Tensor<8, 6> {
    x.conv1d(8, 3, groups = 4)
}

#[network]
fn Zero(x: Tensor<6, 8>) -> Tensor<8, 6> {
    x.conv1d(8, 3, groups = 0)
}

fn main() {}
