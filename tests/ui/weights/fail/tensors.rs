//! The tensors of a file must be those of the network.
use netcost::prelude::*;
use netcost::weights;

#[network]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu().flatten().linear(3, name = "fc")
}

static MISSING: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/missing.safetensors");
static FOREIGN: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/foreign.safetensors");
static SHAPE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/shape.safetensors");
static VARIANCE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/variance.safetensors");
static EMPTY_SHAPE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/empty_shape.safetensors");

fn main() {}
