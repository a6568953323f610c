//! A generic network has no type-level costs; an instance of it, wrapped in a concrete one, has.
use netcost::prelude::*;

#[network(typelevel)]
fn Generic<const SIZE: usize>(x: Tensor<SIZE>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
