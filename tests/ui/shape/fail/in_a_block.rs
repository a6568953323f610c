//! A mistake in a block is reported at the call in the network, with a note in the block.
use netcost::prelude::*;

#[block]
fn down(x: Tensor, out: usize) -> Tensor {
    x.conv2d(out, 3, stride = 2).relu()
}

#[network]
fn Net(x: Tensor<3, 12, 12>) -> Tensor<32, 1, 1> {
    let mut x = x;
    for out in [8, 16, 32] {
        x = down(x, out);
    }
    x
}

fn main() {}
