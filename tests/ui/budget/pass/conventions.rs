//! A budget in another tool's numbers.
use netcost::conventions::{Calflops, Thop, Torchstat};
use netcost::prelude::*;

#[network]
#[budget(thop.macs == 10_496, ultralytics_thop.macs <= 11k, fvcore.flops <= 10k, layer.fvcore.flops <= 7k)]
#[budget(torchstat.mem_read <= 32 KiB, torchinfo.output_bytes <= 5 kB, flop_counter.flops < 20k, textbook.two_n <= 20k)]
fn Net(x: Tensor<3, 8, 8>) -> Tensor<10> {
    x.conv2d(4, 3, padding = 1).batch_norm().relu().flatten().linear(10)
}

const MACS: u64 = Thop::of::<Net>().macs;
const BATCH: u64 = Thop::of::<Net>().batch(4).macs;
const FLOPS: [u64; 2] = [Torchstat::of::<Net>().flops, Calflops::of::<Net>().flops];

fn main() {
    assert_eq!((MACS, BATCH), (10_496, 4 * 10_496));
    assert!(FLOPS[0] < FLOPS[1]);
}
