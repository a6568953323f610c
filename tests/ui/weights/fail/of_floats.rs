//! Weights in 8-bit integers are those of a network that is declared in them.
use netcost::prelude::*;
use netcost::weights;

#[network(fuse)]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    let x = x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu().max_pool2d(2, name = "pool");
    x.flatten().linear(3, name = "fc")
}

#[network(fuse, dtype = i8)]
fn Int8(x: Tensor<2, 4, 4>) -> Tensor<3> {
    let x = x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu();
    x.flatten().linear(3, name = "fc")
}

static INTEGERS: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/int8.safetensors");
static FLOATS: Weights<Int8> = weights!(Int8, "weights/right.safetensors");

fn main() {
    Arena::<Int8>::new().quantize_input(&[0.0]);
}
