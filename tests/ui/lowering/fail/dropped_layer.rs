//! A layer whose output is dropped.
#![deny(unused_must_use)]
use netcost::prelude::*;

#[block]
fn block(x: Tensor) -> Tensor {
    x.relu()
}

#[network]
fn Net(x: Tensor<3>) -> Tensor<3> {
    x.linear(3, bias = false);
    block(x, name = "block");
    block(x, name = "block").relu();
    x + x;
    x.relu(name = "act");
    concat([x, x], name = "cat");
    vec![x, x][0];
    x.relu()
}

fn main() {}
