//! The elements normalised together must exist, and be more than one.
use netcost::prelude::*;

#[network]
fn Axes(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.layer_norm(axes = 3)
}

#[network]
fn NoAxes(x: Tensor<8>) -> Tensor<8> {
    x.rms_norm(axes = 0)
}

#[network]
fn Groups(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.group_norm(4)
}

#[network]
fn NoGroups(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.group_norm(0)
}

#[network]
fn Single(x: Tensor<10, 1, 1>) -> Tensor<10, 1, 1> {
    x.instance_norm()
}

#[network]
fn Rank(x: Tensor<10>) -> Tensor<10> {
    x.instance_norm()
}

#[network]
fn Epsilon(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.layer_norm(eps = 0.0)
}

#[network]
fn Size(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.local_response_norm(0)
}

fn main() {}
