//! A unit belongs to its quantity, and an amount is a whole number of units.
use netcost::prelude::*;

#[network]
#[budget(
    macs <= 3 MiB,
    macs <= 3Mi,
    macs <= 3m,
    flash <= 64k,
    ram <= 64 KB,
    ram <= 64Kib,
    ram <= 1.0001 KiB,
    macs <= 0.5,
    macs <= 2M k,
    flash <= 17179869184 GiB,
)]
fn Net(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
