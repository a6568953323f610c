//! A budget belongs on a network.
use netcost::prelude::*;

#[budget(macs <= 1M)]
fn function() {}

#[budget(macs <= 1M)]
struct Struct;

#[network]
fn Classifier<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<10> {
    x.global_avg_pool().flatten().linear(10)
}

#[budget(macs <= 1M)]
type Alias<const SIZE: usize> = Classifier<SIZE>;

#[budget(macs <= 1M)]
type NoNetwork = u32;

#[budget(macs <= 1M)]
#[block]
fn block(x: Tensor) -> Tensor {
    x.relu()
}

fn main() {}
