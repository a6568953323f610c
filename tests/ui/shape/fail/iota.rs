use netcost::prelude::*;

#[network]
fn NoSuchAxis(x: Tensor<8, 8>) -> Tensor<8, 8> {
    x + iota([1, 8], axis = 2)
}

#[network]
fn NoElements(x: Tensor<8, 8>) -> Tensor<8, 8> {
    x + iota([0, 8])
}

fn main() {}
