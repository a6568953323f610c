//! A function that rejects, at compile time, a network its board cannot hold.
//!
//! `cargo run --release --example fits`

use netcost::device::Stm32F407;
use netcost::prelude::*;
use netcost::typenum::{IsLessOrEqual, U100000, Unsigned};
use netcost::{Device, FitsIn, TypeLevelCost};

netcost::device! {
    /// Our sensor: what its firmware leaves for the network.
    pub Sensor: flash = 48 * 1024, ram = 12 * 1024
}

/// Counts people in an image of 24 × 24 heat readings.
#[network(fuse, typelevel)]
pub fn Counter(heat: Tensor<1, 24, 24>) -> Tensor<4> {
    let x = heat.conv2d(8, 3, stride = 2, padding = 1, bias = false).batch_norm().relu();
    let x = x.conv2d(16, 3, stride = 2, padding = 1, bias = false).batch_norm().relu();
    x.global_avg_pool().flatten().linear(4)
}

/// A library can require that its user's network fits in a device.
fn deploy<N: FitsIn<D>, D: Device>(device: &str) {
    println!(
        "{} fits in {device}: {} of {} B of flash, {} of {} B of RAM",
        N::NAME,
        N::WEIGHT_BYTES,
        D::FLASH_BYTES,
        N::ARENA_BYTES,
        D::RAM_BYTES
    );
}

/// Or that it takes no more than a given number of multiply-accumulates.
fn every_millisecond<N>()
where
    N: TypeLevelCost,
    N::Macs: IsLessOrEqual<U100000, Output = netcost::typenum::True>,
{
    println!("{} is fast enough: {} MACs", N::NAME, N::Macs::U64);
}

fn main() {
    deploy::<Counter, Stm32F407>("the STM32F407");
    deploy::<Counter, Sensor>("our sensor");
    // With a wider network: error[E0277]: the arena of `Counter` does not fit in the RAM of `Sensor`
    every_millisecond::<Counter>();
}
