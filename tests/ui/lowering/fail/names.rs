//! Names of layers.
use netcost::prelude::*;

#[network]
fn Net(x: Tensor<3>) -> Tensor<4> {
    let mut x = x;
    for i in 0..2 {
        x = x.linear(4, name = "fc{i:02}").linear(4, name = "fc{}");
    }
    x.relu(name = x.channels())
}

#[network]
fn Split(x: Tensor<4>) -> Tensor<2> {
    let [a, b] = x.chunk(2, name = "halves");
    a + b
}

fn main() {}
