//! A number close to a limit is a warning, not an error; far from it, and at a pin, there is none.
#![allow(deprecated)]
use netcost::prelude::*;

#[network]
#[budget(warn = 90%, macs <= 801)]
fn Near(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

mod far {
    #![deny(deprecated)]
    use super::*;

    #[network]
    #[budget(warn = 90%, macs <= 900, params == 810)]
    fn Far(x: Tensor<80>) -> Tensor<10> {
        x.linear(10)
    }
}

fn main() {}
