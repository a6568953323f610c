//! A file of another network: with a different tensor, an extra one, or another order; and a static of another length.
use netcost::prelude::*;
use netcost::weights;

#[network]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false).batch_norm().relu().flatten().linear(3)
}

#[network]
fn Biased(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3).batch_norm().relu().flatten().linear(3)
}

#[network]
fn Shorter(x: Tensor<2, 4, 4>) -> Tensor<4, 2, 2> {
    x.conv2d(4, 3, bias = false).batch_norm()
}

static BIASED: [f32; Biased::WEIGHTS_LEN] = weights!(Biased, "weights/sequential.safetensors");
static SHORTER: [f32; Shorter::WEIGHTS_LEN] = weights!(Shorter, "weights/sequential.safetensors");
static ORDER: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/right.safetensors");
static LENGTH: [f32; 10] = weights!(Net, "weights/sequential.safetensors");

fn main() {}
