//! A shape error within a block is reported at the user's own call of it, with a note into the block.
use netcost::prelude::*;

#[block]
fn residual(x: Tensor, out: usize) -> Tensor {
    x + x.conv2d(out, 3, padding = 1)
}

#[block]
fn sized(x: Tensor<8, 8, 8>) -> Tensor<4, 8, 8> {
    x.conv2d(4, 1)
}

#[network]
fn Operand(x: Tensor<8, 8, 8>) -> Tensor<8, 8, 8> {
    let x = residual(x, 8);
    let y = residual(x, 9);
    y
}

#[network]
fn Stated(x: Tensor<8, 8, 8>) -> Tensor<8, 8, 8> {
    let x = sized(x);
    sized(x, name = "second")
}

#[network]
fn Local(x: Tensor<8, 8, 8>) -> Tensor<8, 8, 8> {
    let y: Tensor<8, 4, 4> = x.relu();
    y
}

fn main() {}
