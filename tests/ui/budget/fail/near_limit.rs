//! `warn` is a warning, shown at the limit that is close; here, warnings are denied.
#![deny(deprecated)]
use netcost::prelude::*;

#[network]
#[budget(warn = 90%, macs <= 880, params <= 1k, flash < 3.3 kB)]
fn Near(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
