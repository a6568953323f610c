//! A layer that nobody reads is a warning, at the network's name; here, warnings are denied.
#![deny(deprecated)]
use netcost::prelude::*;

#[network]
fn Dead(x: Tensor<3, 32, 32>) -> Tensor<8, 32, 32> {
    let mut x = x.conv2d(8, 3, padding = 1);
    let y = x;
    for _ in 0..1 {
        x = x.conv2d(100, 3, padding = 1).relu();
    }
    y
}

/// It is told where it is declared.
#[network]
fn Around(x: Tensor<3, 32, 32>) -> Tensor<8, 32, 32> {
    Dead(x).relu()
}

/// What is meant.
#[allow(deprecated)]
#[network]
fn Meant(x: Tensor<8>) -> Tensor<8> {
    let _ = x.linear(3);
    x.relu()
}

/// Parts that are given beside what is read are no loss.
#[network]
fn Parts(x: Tensor<8, 6>) -> Tensor<8, 3> {
    let (y, _) = x.gru(6);
    let [_, right] = y.chunk(2, axis = 1);
    right
}

/// Without any layer that is read.
#[network]
fn Nothing(x: Tensor<8>) -> Tensor<8> {
    let _ = x.linear(3);
    x
}

fn main() {}
