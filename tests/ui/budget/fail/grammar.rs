//! What is not a limit.
use netcost::prelude::*;

#[network]
#[budget(
    macs,
    macs <=,
    macs >= 3M,
    macs = 3M,
    params <= -5,
    flops <= 3M 4M,
    warn = 0%,
    warn = 90,
    warn,
)]
fn Net(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget]
fn Empty(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget()]
fn EmptyToo(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
