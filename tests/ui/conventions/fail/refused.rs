//! A tool that fails on a network gives no number.
use netcost::conventions::{Calflops, Torchstat};
use netcost::prelude::*;

#[network]
fn Tokens(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 10> {
    x.relu().linear(10)
}

#[network]
fn Line(x: Tensor<8, 8>) -> Tensor<8, 8> {
    x.relu()
}

const ON_A_LAYER: u64 = Torchstat::of::<Tokens>().flops;
const ON_THE_INPUT: u64 = Torchstat::of::<Line>().flops;
const WITHOUT_PARAMETERS: u64 = Calflops::of::<Line>().flops;

fn main() {}
