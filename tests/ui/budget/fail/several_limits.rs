//! All broken limits are reported at once, at the first of them; those that hold are not.
use netcost::prelude::*;

#[network]
#[budget(
    flops <= 1G,
    macs <= 100k,
    params <= 1k,
    flash <= 3.5 KiB,
    ram <= 2048 B,
    traffic < 10 kB,
    traffic_uncached <= 1 MiB,
)]
fn Net(x: Tensor<3, 16, 16>) -> Tensor<10> {
    x.conv2d(8, 3, padding = 1).relu().max_pool2d(2).conv2d(16, 3).relu().global_avg_pool().flatten().linear(10)
}

fn main() {}
