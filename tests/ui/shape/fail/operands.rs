//! The operands of `+ - * /` have shapes that broadcast.
use netcost::prelude::*;

#[network]
fn Sum(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    let y = x.conv2d(3, 3);
    x + y
}

#[network]
fn PerChannel(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    let gain = x.global_avg_pool().flatten();
    x * gain
}

#[network]
fn Assigned(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    let mut y = x.relu();
    y += x.max_pool2d(2);
    y
}

#[network]
fn Method(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    x.sub(x.conv2d(2, 1))
}

#[network]
fn Lesser(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    x.minimum(x.max_pool2d(2))
}

fn main() {}
