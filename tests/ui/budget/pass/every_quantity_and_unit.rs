//! Every quantity, every unit, every relation.
use netcost::prelude::*;

const LIMIT: u64 = 1_000;
mod limits {
    pub const RAM: usize = 4096;
}

#[network]
#[budget(
    macs <= 800,
    macs < 801,
    macs == 800,
    macs == 0.8k,
    macs <= 0.0008M,
    macs <= 1G,
    macs <= 1T,
    macs <= 8e2,
    macs_executed <= 1k,
    macs_live <= 800,
    dead_channels == 0,
    flops <= 1.6k,
    params <= 810,
    flash <= 3240 B,
    flash <= 3.24 kB,
    flash < 1 MB,
    flash < 1GB,
    flash < 4KiB,
    flash < 1 MiB,
    flash < 1 GiB,
    flash <= 3_240,
    ram == 360,
    peak_live <= 360,
    peak_live_in_place <= 360 B,
    traffic <= 3.6 kB,
    traffic_uncached <= 8 kB,
    layer.macs <= 800,
    layer.macs_executed <= 800,
    layer.macs_live <= 800,
    layer.dead_channels <= 0,
    layer.flops <= 1600,
    layer.params <= 810,
    layer.flash <= 4 kB,
    layer.ram <= 360 B,
    layer.traffic <= 4 kB,
    layer.traffic_uncached <= 8 kB,
)]
pub fn Net(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget(macs <= LIMIT, params <= 2 * LIMIT, ram <= limits::RAM, flash <= (LIMIT * 4), flops <= { LIMIT + 600 })]
pub fn Expressions(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {
    assert_eq!(Net::BUDGET.len(), 36);
    assert_eq!(Net::BUDGET[0].text, "macs <= 800");
    assert_eq!(Net::BUDGET[12].text, "params <= 810");
    assert_eq!(Expressions::BUDGET[1].value, 2_000);
}
