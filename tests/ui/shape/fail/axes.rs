//! An axis must exist, and must be given where there are several.
use netcost::prelude::*;

#[network]
fn Softmax(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.softmax()
}

#[network]
fn SoftmaxAxis(x: Tensor<10, 8>) -> Tensor<10, 8> {
    x.softmax(axis = 2)
}

#[network]
fn Chunk(x: Tensor<10, 8>) -> Tensor<10, 4> {
    let [a, b] = x.chunk(2, axis = -3);
    a + b
}

#[network]
fn Query(x: Tensor<10>) -> Tensor<8> {
    x.linear(x.height())
}

#[network]
fn Dim(x: Tensor<10, 4>) -> Tensor<10, 8> {
    x.linear(2 * x.dim(2))
}

fn main() {}
