//! A budget on a generic network holds for each instance. It fires at check where a constant reads one of its numbers.
use netcost::prelude::*;

#[network]
#[budget(macs <= 1M, params <= 1k)]
pub fn Classifier<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<10> {
    x.conv2d(8, 3).relu().global_avg_pool().flatten().linear(10)
}

const SMALL: u64 = Classifier::<32>::MACS;
const LARGE: u64 = Classifier::<224>::PARAMS;

fn main() {}
