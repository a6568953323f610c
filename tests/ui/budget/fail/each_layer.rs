//! A limit on each layer is compared with the heaviest one.
use netcost::prelude::*;

#[network]
#[budget(layer.macs <= 50k, layer.ram <= 8 KiB, layer.params < 1168)]
fn Net(x: Tensor<3, 16, 16>) -> Tensor<10> {
    x.conv2d(8, 3, padding = 1).relu().max_pool2d(2).conv2d(16, 3).relu().global_avg_pool().flatten().linear(10)
}

fn main() {}
