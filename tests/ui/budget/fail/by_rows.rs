//! What a network would take if it ran by rows, and which of its segments takes most.
use netcost::prelude::*;

#[network(fuse, dtype = i8)]
#[budget(ram <= 8 KiB)]
fn Whole(x: Tensor<3, 48, 48>) -> Tensor<10> {
    Layers(x)
}

#[network(fuse, dtype = i8, stream)]
#[budget(ram <= 2 KiB)]
fn Rows(x: Tensor<3, 48, 48>) -> Tensor<10> {
    Layers(x)
}

#[network(fuse, dtype = i8)]
#[budget(ram <= 1 KiB)]
fn Vector(x: Tensor<2000>) -> Tensor<10> {
    x.linear(10)
}

#[network]
fn Layers(x: Tensor<3, 48, 48>) -> Tensor<10> {
    let x = x.conv2d(8, 3, stride = 2, padding = 1).relu();
    let x = x.conv2d(8, 3, padding = 1, groups = 8).relu();
    let x = x.conv2d(24, 1).relu();
    let x = x.conv2d(24, 3, stride = 2, padding = 1, groups = 24).relu();
    let x = x.conv2d(16, 1).relu();
    x.global_avg_pool().flatten().linear(10)
}

fn main() {}
