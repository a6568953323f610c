//! The compiler checks the type of an option, at the option's value.
use netcost::prelude::*;

#[network]
fn Net(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    let x = x.conv2d(8, 3, bias = 1);
    x.conv2d(4, [3, 3, 3])
}

fn main() {}
