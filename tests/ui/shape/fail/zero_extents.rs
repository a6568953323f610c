//! No tensor is empty.
use netcost::prelude::*;

#[network]
fn Input(x: Tensor<3, 0, 8>) -> Tensor<8> {
    x.flatten()
}

#[network]
fn Channels(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv2d(0, 3).flatten()
}

#[network]
fn Kernel(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv2d(4, [3, 0]).flatten()
}

#[network]
fn Stride(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.max_pool2d(2, stride = 0).flatten()
}

#[network]
fn Dilation(x: Tensor<3, 8>) -> Tensor<8> {
    x.conv1d(8, 3, dilation = 0).flatten()
}

#[network]
fn Features(x: Tensor<3>) -> Tensor<8> {
    x.linear(0)
}

#[network]
fn Pool(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.adaptive_avg_pool2d([0, 2]).flatten()
}

#[network]
fn Reshape(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.reshape([0, 8])
}

#[network]
fn Parameter(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    x + parameter([0])
}

#[network]
fn Constant(x: Tensor<3>) -> Tensor<3> {
    x + constant([3, 0], 0.5)
}

fn main() {}
