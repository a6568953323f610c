//! Impossible transposed convolutions.
use netcost::prelude::*;

#[network]
fn OutputPadding(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv_transpose2d(8, 4, stride = 2, padding = 1, output_padding = 2).flatten()
}

#[network]
fn Cropped(x: Tensor<3, 8>) -> Tensor<8> {
    x.conv_transpose1d(8, 3, padding = 5).flatten()
}

#[network]
fn Groups(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv_transpose2d(8, 4, groups = 2).flatten()
}

#[network]
fn Stride(x: Tensor<3, 8, 8>) -> Tensor<8> {
    x.conv_transpose2d(8, 4, stride = 0).flatten()
}

#[network]
fn Rank(x: Tensor<3, 8>) -> Tensor<8> {
    x.conv_transpose2d(8, 4).flatten()
}

fn main() {}
