//! A budget in another tool's numbers: what does not exist, what is exceeded, and a tool that fails on the network.
use netcost::prelude::*;

#[network]
#[budget(fvcor.flops <= 3M, fvcore.macs <= 1M, layer.torchinfo.input_bytes <= 1 kB, thop.params <= 1 MB)]
fn Misspelt(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget(fvcore.flops <= 1k, layer.thop.macs <= 3k)]
fn Over(x: Tensor<3, 8, 8>) -> Tensor<10> {
    x.conv2d(4, 3, padding = 1).batch_norm().relu().flatten().linear(10)
}

#[network]
#[budget(torchstat.flops <= 1M)]
fn Fails(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 10> {
    x.linear(10)
}

fn main() {}
