//! A quantity that does not exist is an error at its word that lists the valid ones.
use netcost::prelude::*;

#[network]
#[budget(mac <= 3M, floops < 1G, memory <= 64 KiB, layer.peak_live <= 64 KiB, layers.macs <= 1M, latency <= 5)]
fn Net(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
