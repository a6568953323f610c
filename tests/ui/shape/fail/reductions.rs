//! The axes of a reduction must be axes of the tensor, each given once.
use netcost::prelude::*;

#[network]
fn Axis(x: Tensor<6, 8>) -> Tensor<6> {
    x.sum(axis = 2)
}

#[network]
fn Twice(x: Tensor<6, 8>) -> Tensor<6> {
    x.mean(axes = [1, -1])
}

#[network]
fn Both(x: Tensor<6, 8>) -> Tensor<6> {
    x.amax(axis = 1, axes = [0])
}

#[network]
fn NoAxes(x: Tensor<6, 8>) -> Tensor<6> {
    x.amin(axes = [])
}

#[network]
fn Exponent(x: Tensor<6, 8>) -> Tensor<6> {
    x.norm(p = 3, axis = 1)
}

#[network]
fn Keyword(x: Tensor<6, 8>) -> Tensor<6> {
    x.sum(dim = 1)
}

#[network]
fn Positional(x: Tensor<6, 8>) -> Tensor<6> {
    x.sum(1)
}

fn main() {}
