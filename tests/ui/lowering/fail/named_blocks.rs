//! An argument that a named block cannot take is an error at the argument.
use netcost::prelude::*;

#[block]
fn block(x: Tensor, out: usize) -> Tensor {
    x.linear(out)
}

#[network]
fn Text(x: Tensor<3>) -> Tensor<5> {
    block(x, "5", name = "text")
}

#[network]
fn Order(x: Tensor<3>) -> Tensor<5> {
    block(5, x, name = "order")
}

#[network]
fn Count(x: Tensor<3>) -> Tensor<5> {
    block(x, name = "count")
}

fn main() {}
