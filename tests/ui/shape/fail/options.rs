//! Options that no layer has.
use netcost::prelude::*;

#[network]
fn Dropout(x: Tensor<8>) -> Tensor<8> {
    x.dropout(1.5)
}

#[network]
fn Eps(x: Tensor<8>) -> Tensor<8> {
    x.batch_norm(eps = 0.0)
}

#[network]
fn Padding(x: Tensor<3, 8, 8>) -> Tensor<8, 8, 8> {
    x.conv2d(8, 3, padding = "same")
}

fn main() {}
