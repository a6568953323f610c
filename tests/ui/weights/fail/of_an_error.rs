//! A declaration in 8-bit integers with an error has one message, whatever its weights are.
use netcost::prelude::*;
use netcost::weights;

#[network(fuse, dtype = i8)]
fn Net(x: Tensor<1, 8, 8>) -> Tensor<10> {
    x.conv2d(16, 3).rectify().flatten().linear(10)
}

static TENSORS: Weights<Net> = weights!(Net, "weights/int8.safetensors");
static MODEL: Weights<Net> = weights!(Net, "weights/digits.tflite");

fn main() {
    let mut arena = Arena::<Net>::new();
    TENSORS.quantize_input(&mut arena, &[0.5; 64]);
    let _ = Net::run(&MODEL, &mut arena);
}
