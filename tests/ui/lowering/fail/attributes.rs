//! Attributes are rejected where they would be lost.
use netcost::prelude::*;

#[network]
fn Option(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    x.conv2d(4, 3, padding = 1, #[cfg(any())] stride = 2)
}

#[network]
fn Argument(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    x.conv2d(4, #[cfg(any())] 5, #[cfg(all())] 3, padding = 1)
}

#[network]
fn Input(x: Tensor<3>, #[cfg(any())] y: Tensor<3>) -> Tensor<3> {
    x.relu()
}

fn main() {}
