//! Operators: types decide, and unknown operands are errors.
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
