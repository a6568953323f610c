//! Keyword arguments are checked by the macro, all at once.
use netcost::prelude::*;

#[block]
fn block(x: Tensor, out: usize) -> Tensor {
    x.conv2d(out, 3, strides = 2)
        .conv2d(out, 3, stride = 2, stride = 1)
        .conv2d(out, kernel = 3, out_channels = 4)
        .conv2d(out, padding = 1, 3)
        .relu(inplace = true)
}

#[network]
fn Net(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    let x = x.conv2d(3, 64, 7).max_pool2d(2, 2).batch_norm(64);
    let x = block(x, out = 4, name = "block");
    x.conv2d(8).linear()
}

fn main() {}
