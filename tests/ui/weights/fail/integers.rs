//! The tensors of a file in 8-bit integers must be those of a network that runs in them.
use netcost::prelude::*;
use netcost::weights;

#[network(fuse, dtype = i8)]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    let x = x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu().max_pool2d(2, name = "pool");
    x.flatten().linear(3, name = "fc")
}

/// A layer has no kernel.
#[network(fuse, dtype = i8)]
fn Gelu(x: Tensor<2, 4, 4>) -> Tensor<3> {
    let x = x.conv2d(4, 3, name = "conv").gelu(name = "gelu").max_pool2d(2, name = "pool");
    x.flatten().linear(3, name = "fc")
}

static MISSING: Weights<Net> = weights!(Net, "weights/int8_missing.safetensors");
static FOREIGN: Weights<Net> = weights!(Net, "weights/int8_foreign.safetensors");
static SHAPE: Weights<Net> = weights!(Net, "weights/int8_shape.safetensors");
static ORDER: Weights<Net> = weights!(Net, "weights/int8_order.safetensors");
static TYPE: Weights<Net> = weights!(Net, "weights/int8_type.safetensors");
static SCALE: Weights<Net> = weights!(Net, "weights/int8_scale.safetensors");
static SCALES: Weights<Net> = weights!(Net, "weights/int8_scales.safetensors");
static NO_KERNEL: Weights<Gelu> = weights!(Gelu, "weights/int8.safetensors");

fn main() {}
