//! Operators: the types choose, and what they do not know is an error.
use netcost::prelude::*;

#[network]
fn Text(x: Tensor<3>) -> Tensor<3> {
    x + "1"
}

#[network]
fn Negative(x: Tensor<3>) -> Tensor<3> {
    -x
}

fn main() {}
