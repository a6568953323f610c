//! The declared output must be what the network returns; a difference is reported at its type.
use netcost::prelude::*;

#[network]
fn One(x: Tensor<3, 8, 8>) -> Tensor<8, 8, 8> {
    x.conv2d(8, 3)
}

#[network]
fn Second(x: Tensor<3, 8, 8>) -> (Tensor<3, 8, 8>, Tensor<10>) {
    (x.relu(), x.flatten().linear(12))
}

#[network]
fn Rank(x: Tensor<3, 8, 8>) -> Tensor<192> {
    x.relu().reshape([1, 192])
}

#[network]
fn Expression<const CLASSES: usize>(x: Tensor<8>) -> Tensor<{ CLASSES + 1 }> {
    x.linear(CLASSES)
}
const EXPRESSION: u64 = Expression::<10>::MACS;

#[block]
fn halved(x: Tensor) -> Tensor<3, 4, 4> {
    x.max_pool2d(2, padding = 1)
}

#[network]
fn OfBlock(x: Tensor<3, 8, 8>) -> Tensor<3, 4, 4> {
    halved(x)
}

fn main() {}
