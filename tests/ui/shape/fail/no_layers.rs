//! A network has layers.
use netcost::prelude::*;

#[network]
fn Nothing(x: Tensor<3, 8, 8>) -> Tensor<3, 8, 8> {
    x
}

fn main() {}
