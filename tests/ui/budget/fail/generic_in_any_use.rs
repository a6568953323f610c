//! A budget on a generic network fires with any number that is read of an instance over it, and with its use as a
//! block, each an instance of its own here. What belongs to the declaration alone is no exception.
use netcost::conventions::Thop;
use netcost::prelude::*;

#[network]
#[budget(params <= 100)]
pub fn Wide<const N: usize>(x: Tensor<N>) -> Tensor<10> {
    x.linear(10)
}

const ARENA_LEN: usize = Wide::<11>::ARENA_LEN;
const ARENA_BYTES: u64 = Wide::<12>::ARENA_BYTES;
const MEMORY: netcost::Memory = Wide::<13>::MEMORY;
const PEAK_LIVE_BYTES: u64 = Wide::<14>::PEAK_LIVE_BYTES;
const LAYERS: usize = Wide::<15>::LAYERS.len();
const PARAMS_TABLE: usize = Wide::<16>::PARAMS_TABLE.len();
const INPUTS: usize = Wide::<17>::INPUTS.len();
const OUTPUTS: usize = Wide::<18>::OUTPUTS.len();
const DEPLOYMENT: netcost::Deployment = Wide::<19>::DEPLOYMENT;
const NAME: &str = Wide::<20>::NAME;
const BUDGET: usize = Wide::<21>::BUDGET.len();
const THOP: u64 = Thop::of::<Wide<22>>().macs;

#[network]
fn Block(x: Tensor<23>) -> Tensor<10> {
    Wide::<23>(x).relu()
}

fn main() {}
