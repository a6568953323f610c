//! Neither shapes nor costs wrap.
use netcost::prelude::*;

const HUGE: usize = 1 << 31;

#[network]
fn Extent(x: Tensor<3, 4294967296>) -> Tensor<1> {
    x.relu()
}

#[network]
fn Elements(x: Tensor<HUGE, HUGE, 16>) -> Tensor<1> {
    x.relu()
}

#[network]
fn Output(x: Tensor<64, 8>) -> Tensor<1> {
    x.conv1d(1 << 33, 1)
}

#[network]
fn Flattened(x: Tensor<HUGE, 2>) -> Tensor<1> {
    x.flatten()
}

#[network]
fn Input(x: Tensor<64, HUGE>) -> Tensor<1> {
    x.conv1d(64, 3)
}

#[network]
fn Padding(x: Tensor<1, 8, 8>) -> Tensor<1> {
    x.conv2d(1, 3, padding = usize::MAX / 2)
}

#[network]
fn Kernel(x: Tensor<1, 8, 8>) -> Tensor<1> {
    x.conv2d(1, [3, HUGE], padding = 1)
}

#[network]
fn Macs(x: Tensor<65536, 65536>) -> Tensor<HUGE, 65536> {
    x.conv1d(HUGE, 1)
}

#[network]
fn Census(x: Tensor<HUGE, HUGE>) -> Tensor<HUGE, HUGE> {
    x.gelu().gelu()
}

#[network]
fn Bytes(x: Tensor<HUGE, HUGE>) -> Tensor<HUGE, HUGE> {
    x.relu()
}

fn main() {}
