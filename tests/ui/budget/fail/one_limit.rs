//! A broken limit is named at the limit, with the layers that weigh most.
use netcost::prelude::*;

#[network]
#[budget(macs <= 2M)]
fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    let mut x = x.conv2d(64, [10, 4], stride = 2, padding = Same, name = "first").batch_norm().relu();
    for i in 0..4 {
        x = x.conv2d(64, 3, padding = 1, groups = 64).relu().conv2d(64, 1, name = "pointwise{i}").relu();
    }
    x.global_avg_pool().flatten().linear(12)
}

fn main() {}
