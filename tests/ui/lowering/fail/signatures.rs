//! What a network's signature must contain.
use netcost::prelude::*;

#[network]
fn Width(x: Tensor<3>, width: usize) -> Tensor<3> {
    x.linear(width)
}

#[network]
fn Extents(x: Tensor) -> Tensor {
    x.relu()
}

#[network]
fn Pair((x, y): (Tensor<4>, Tensor<4>)) -> Tensor<4> {
    x + y
}

#[network]
fn Borrowed(x: &Tensor<4>) -> Tensor<4> {
    x.relu()
}

#[network(fuse = true, dtype = "i8")]
fn Values(x: Tensor<4>) -> Tensor<4> {
    x.relu()
}

#[network(crate = "netcost")]
fn Crate(x: Tensor<4>) -> Tensor<4> {
    x.relu()
}

#[network]
fn Output(x: Tensor<3>) {
    x.relu();
}

#[network]
fn Generic<T>(x: Tensor<3>) -> Tensor<3> {
    x.relu()
}

#[network]
async fn Future(x: Tensor<3>) -> Tensor<3> {
    x.relu()
}

#[network(fused, dtype = u8)]
fn Options(x: Tensor<3>) -> Tensor<3> {
    x.relu()
}

#[network]
struct Struct;

#[block]
fn source(n: usize) -> Tensor {
    parameter([n])
}

/// The names are known nevertheless: no more errors here.
#[network]
fn Uses(x: Tensor<3>) -> Tensor<3> {
    Output(Width(Extents(x), 3).relu())
}

const MACS: u64 = Width::MACS + Uses::MACS;

fn main() {}
