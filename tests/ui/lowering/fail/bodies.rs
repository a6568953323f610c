//! A body that returns no tensor is an error in the body.
use netcost::prelude::*;

#[network]
fn Semicolon(x: Tensor<3>) -> Tensor<3> {
    x.linear(3);
}

#[network]
fn Empty(x: Tensor<3>) -> Tensor<3> {}

#[network]
fn Number(x: Tensor<3>) -> (Tensor<3>, Tensor<3>) {
    (x.relu(), 3)
}

#[block]
fn block(x: Tensor) -> Tensor<3> {
    x.linear(3);
}

fn main() {}
