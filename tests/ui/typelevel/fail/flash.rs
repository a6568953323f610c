//! A library function rejects a network whose weights do not fit in the flash of a device.
use netcost::device::Stm32F407;
use netcost::prelude::*;

fn deploy<N: netcost::FitsIn<Stm32F407>>() {}

/// 2 MB of weights, 4 kB of RAM.
#[network(typelevel)]
fn Wide(x: Tensor<512>) -> Tensor<512> {
    x.linear(512).relu().linear(512)
}

#[network(typelevel)]
fn Small(x: Tensor<512>) -> Tensor<64> {
    x.linear(64)
}

fn main() {
    deploy::<Small>();
    deploy::<Wide>();
}
