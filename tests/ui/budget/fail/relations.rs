//! A number at its limit breaks `<`, and any other number breaks `==`.
use netcost::prelude::*;

/// 800 MACs, 810 parameters.
#[block]
fn layer(x: Tensor) -> Tensor {
    x.linear(10)
}

#[network]
#[budget(macs <= 800, macs < 800)]
fn Below(x: Tensor<80>) -> Tensor<10> {
    layer(x)
}

#[network]
#[budget(macs == 800, params == 800)]
fn More(x: Tensor<80>) -> Tensor<10> {
    layer(x)
}

#[network]
#[budget(params == 1_000)]
fn Fewer(x: Tensor<80>) -> Tensor<10> {
    layer(x)
}

#[network]
#[budget(macs <= 0)]
fn Nothing(x: Tensor<80>) -> Tensor<10> {
    layer(x)
}

fn main() {}
