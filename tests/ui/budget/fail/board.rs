//! A network that is too large for a board: the message names the board, what is short, and the layers.
use netcost::Device;
use netcost::prelude::*;

netcost::device! {
    /// What our firmware leaves to a network.
    pub Sensor: flash = 48 * 1024, ram = 12 * 1024
}

#[network(fuse)]
#[budget(flash <= Sensor::FLASH_BYTES, ram <= Sensor::RAM_BYTES)]
fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    let mut x = x.conv2d(64, [10, 4], stride = 2, padding = Same).relu();
    for i in 0..4 {
        x = x.conv2d(64, 3, padding = 1, groups = 64).relu().conv2d(64, 1, name = "pointwise{i}").relu();
    }
    x.global_avg_pool().flatten().linear(12)
}

fn main() {}
