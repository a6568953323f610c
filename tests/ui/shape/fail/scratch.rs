//! Scratch larger than any arena, or not a number of elements.
use netcost::prelude::*;
use netcost::{Arguments, Kernel, Machine};

#[derive(Clone, Copy)]
struct Nothing;

impl Kernel for Nothing {
    const NAME: &'static str = "nothing";

    fn run<M: Machine>(_: &mut M, _: Arguments<'_>) {}
}

#[network]
fn TooLarge(x: Tensor<8>) -> Tensor<8> {
    x.custom(Nothing, census = Census::ZERO, scratch = usize::MAX)
}

#[network]
fn Extents(x: Tensor<8>) -> Tensor<8> {
    x.custom(Nothing, census = Census::ZERO, scratch = [2, 4])
}

fn main() {}
