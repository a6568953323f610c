//! A window that does not fit.
use netcost::prelude::*;

#[network]
fn Kernel(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv2d(8, 9).flatten()
}

#[network]
fn Padded(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv2d(8, [3, 11], padding = 1).flatten()
}

#[network]
fn Dilated(x: Tensor<3, 8>) -> Tensor<8> {
    x.conv1d(8, 3, dilation = 4).flatten()
}

#[network]
fn Pool(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.avg_pool2d(9).flatten()
}

#[network]
fn PoolPadding(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.max_pool2d(3, padding = 2).flatten()
}

fn main() {}
