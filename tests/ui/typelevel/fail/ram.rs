//! A library function rejects a network whose arena does not fit in the RAM of a device.
use netcost::device::Stm32F407;
use netcost::prelude::*;

fn deploy<N: netcost::FitsIn<Stm32F407>>() {}

/// 8 numbers to learn, and 150 kB of activations.
#[network(typelevel)]
fn Large(x: Tensor<3, 80, 80>) -> Tensor<3, 80, 80> {
    x.conv2d(3, 1).relu()
}

fn main() {
    deploy::<Large>();
}
