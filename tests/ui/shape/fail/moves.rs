//! Axes that are moved, removed or cut must be axes of the tensor.
use netcost::prelude::*;

#[network]
fn Count(x: Tensor<6, 8, 3>) -> Tensor<8, 6, 3> {
    x.permute([1, 0])
}

#[network]
fn Twice(x: Tensor<6, 8, 3>) -> Tensor<8, 6, 6> {
    x.permute([1, 0, -3])
}

#[network]
fn Transpose(x: Tensor<6, 8>) -> Tensor<8, 6> {
    x.transpose(1, 2)
}

#[network]
fn Squeeze(x: Tensor<6, 8>) -> Tensor<8> {
    x.squeeze(0)
}

#[network]
fn Unsqueeze(x: Tensor<6, 8>) -> Tensor<6, 8, 1> {
    x.unsqueeze(3)
}

#[network]
fn Narrow(x: Tensor<6, 8>) -> Tensor<6, 4> {
    x.narrow(1, 6, 4)
}

#[network]
fn Nothing(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.narrow(1, 6, 0)
}

#[network]
fn Roll(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.roll(1, -3)
}

fn main() {}
