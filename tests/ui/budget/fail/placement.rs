//! A budget works above and below `#[network]`, in several attributes, and under `cfg_attr`.
use netcost::prelude::*;

#[budget(macs <= 100)]
#[network]
fn Above(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget(macs <= 100)]
fn Below(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[budget(macs <= 1k)]
#[network]
#[budget(params <= 100)]
fn Both(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[cfg_attr(all(), budget(macs <= 100))]
fn Conditional(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[cfg_attr(all(), budget(macs <= 100))]
#[network]
fn ConditionalAbove(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
