//! Operators and `concat`: types decide, and what fits none is one error.
use netcost::prelude::*;

#[network]
fn Text(x: Tensor<3>) -> Tensor<3> {
    (x + "1").relu().linear(3)
}

#[network]
fn Lent(x: Tensor<3>) -> Tensor<3> {
    let mut x = x;
    for skip in &[x, x] {
        x += skip;
    }
    x
}

#[network]
fn Extent(x: Tensor<3>) -> Tensor<3> {
    x * x.channels()
}

#[network]
fn Double(x: Tensor<3>) -> Tensor<3> {
    0.5f64 * x
}

#[network]
fn Optional(x: Tensor<3>) -> Tensor<3> {
    let skips = vec![x];
    x - skips.last()
}

#[block]
fn mixed(x: Tensor, size: Size) -> Tensor {
    x.linear(size.height / 2usize)
}

#[block]
fn size(x: Tensor, size: Size) -> Tensor {
    x.linear(2 * size.width)
}

struct Size {
    width: &'static usize,
    height: u16,
}

#[network]
fn Joined(x: Tensor<3>) -> Tensor<6> {
    concat((x, x))
}

#[network]
fn Alone(x: Tensor<3>) -> Tensor<3> {
    concat(x, axis = 0).relu()
}

fn main() {}
