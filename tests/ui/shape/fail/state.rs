//! What a state and the layers that keep one cannot take.
use netcost::prelude::*;

#[network]
fn Shape(x: Tensor<4>) -> Tensor<4> {
    let total = state([3]);
    let sum = x + 1.0;
    total.update(sum);
    sum
}

#[network]
fn NoState(x: Tensor<4>) -> Tensor<4> {
    let sum = x + 1.0;
    x.update(sum);
    sum
}

#[network]
fn Never(x: Tensor<4>) -> Tensor<4> {
    x + state([4], name = "total")
}

#[network]
fn Twice(x: Tensor<4>) -> Tensor<4> {
    let total = state([4], value = 1.0);
    let sum = x + total;
    total.update(x);
    total.update(sum);
    sum
}

#[network]
fn After(x: Tensor<4>) -> Tensor<4> {
    let total = state([4]);
    total.update(x + total);
    total.relu()
}

#[network]
fn Both(x: Tensor<1, 4>) -> Tensor<1, 8> {
    x.gru(4, stateful = true, bidirectional = true).0
}

#[network]
fn Given(x: Tensor<1, 4>, h: Tensor<1, 4>) -> Tensor<1, 4> {
    x.gru(4, stateful = true, hx = h).0
}

#[network]
fn Image(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    x.streaming_conv1d(4, 3)
}

#[network]
fn OneTap(x: Tensor<3, 8>) -> Tensor<4, 8> {
    x.streaming_conv1d(4, 1)
}

#[network(dtype = i8)]
fn Indices(x: Tensor<4>) -> Tensor<4, 2> {
    let last = state([4]);
    let rows = last.embedding(1000, 2);
    last.update(x);
    rows
}

fn main() {}
