//! The tensors of `concat` differ along its axis only.
use netcost::prelude::*;

#[network]
fn Size(x: Tensor<3, 8, 8>) -> Tensor<6, 8, 8> {
    concat([x, x.relu(), x.max_pool2d(2)])
}

#[network]
fn Axis(x: Tensor<3, 8, 8>) -> Tensor<6, 8, 8> {
    concat([x, x.conv2d(4, 1)], axis = 1)
}

#[network]
fn Rank(x: Tensor<3, 8, 8>) -> Tensor<6, 8, 8> {
    concat([x, x.flatten()])
}

#[network]
fn NoSuchAxis(x: Tensor<3, 8, 8>) -> Tensor<6, 8, 8> {
    concat([x, x], axis = 3)
}

#[network]
fn Nothing(x: Tensor<3, 8, 8>) -> Tensor<6, 8, 8> {
    let mut parts = vec![x];
    let _ = parts.pop();
    concat(parts)
}

fn main() {}
