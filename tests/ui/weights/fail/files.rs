//! A file that is not a weight file is an error at its name.
use netcost::prelude::*;
use netcost::weights;

#[network]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false).batch_norm().relu().flatten().linear(3)
}

static NO_FILE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "no_such_file.safetensors");
static NOT_WEIGHTS: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/not_weights.safetensors");
static TRUNCATED: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/truncated.safetensors");
static EMPTY: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/empty.safetensors");
static HEADER_ONLY: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/header_only.safetensors");
static OVERLAP: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/overlap.safetensors");
static OUTSIDE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/outside.safetensors");
static TWICE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/twice.safetensors");
static HALF: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/f16.safetensors");
static BRAIN: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/bf16.safetensors");
static DOUBLE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/f64.safetensors");
static QUANTISED: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/i8.safetensors");
static NAN: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/nan.safetensors");
static INFINITE: [f32; Net::WEIGHTS_LEN] = weights!(Net, "weights/infinite.safetensors");
static NO_NAME: [f32; Net::WEIGHTS_LEN] = weights!(Net);
static NO_TEXT: [f32; Net::WEIGHTS_LEN] = weights!(Net, FILE);

fn main() {}
