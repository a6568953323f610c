//! Howard et al., "Searching for MobileNetV3", 2019, as torchvision builds it, under its names.

use netcost::prelude::*;

use crate::mobilenet_v2::make_divisible;

/// What follows a normalisation.
#[derive(Clone, Copy)]
enum Activation {
    None,
    Relu,
    HardSwish,
}
use Activation::{HardSwish, Relu};

/// Kernel, hidden channels, output channels, squeeze-and-excitation or none, activation and stride of each unit of the
/// small one: table 2 of the paper.
const UNITS: [(usize, usize, usize, bool, Activation, usize); 11] = [
    (3, 16, 16, true, Relu, 2),
    (3, 72, 24, false, Relu, 2),
    (3, 88, 24, false, Relu, 1),
    (5, 96, 40, true, HardSwish, 2),
    (5, 240, 40, true, HardSwish, 1),
    (5, 240, 40, true, HardSwish, 1),
    (5, 120, 48, true, HardSwish, 1),
    (5, 144, 48, true, HardSwish, 1),
    (5, 288, 96, true, HardSwish, 2),
    (5, 576, 96, true, HardSwish, 1),
    (5, 576, 96, true, HardSwish, 1),
];

/// A convolution over the image, and its normalisation and activation.
#[block]
fn conv_norm(x: Tensor, out: usize, kernel: usize, stride: usize, groups: usize, activation: Activation) -> Tensor {
    let x = x
        .conv2d(out, kernel, stride = stride, padding = kernel / 2, groups = groups, bias = false, name = "0")
        .batch_norm(eps = 0.001, name = "1");
    match activation {
        Activation::None => x,
        Relu => x.relu(),
        HardSwish => x.hard_swish(),
    }
}

#[block]
fn inverted_residual(
    x: Tensor,
    kernel: usize,
    hidden: usize,
    out: usize,
    squeezes: bool,
    activation: Activation,
    stride: usize,
) -> Tensor {
    let mut y = x;
    let mut i = 0;
    if hidden != x.channels() {
        y = conv_norm(y, hidden, 1, 1, 1, activation, name = "block.{i}");
        i += 1;
    }
    y = conv_norm(y, hidden, kernel, stride, hidden, activation, name = "block.{i}");
    i += 1;
    if squeezes {
        let squeeze = make_divisible(hidden / 4, 8);
        y = y.squeeze_excitation(squeeze, scale_activation = netcost::Activation::HardSigmoid, name = "block.{i}");
        i += 1;
    }
    y = conv_norm(y, out, 1, 1, 1, Activation::None, name = "block.{i}");
    if stride == 1 && x.channels() == out { y + x } else { y }
}

/// The small MobileNetV3 at `percent` of its width.
#[block]
pub fn mobilenet_v3_small(x: Tensor, percent: usize) -> Tensor {
    let mut x = conv_norm(x, scaled(16, percent), 3, 2, 1, HardSwish, name = "features.0");
    for (i, (kernel, hidden, out, squeezes, activation, stride)) in UNITS.iter().enumerate() {
        let (hidden, out) = (scaled(*hidden, percent), scaled(*out, percent));
        x = inverted_residual(x, *kernel, hidden, out, *squeezes, *activation, *stride, name = "features.{i + 1}");
    }
    let x = conv_norm(x, 6 * x.channels(), 1, 1, 1, HardSwish, name = "features.12");
    let x = x.global_avg_pool().flatten().linear(scaled(1024, percent), name = "classifier.0").hard_swish();
    x.dropout(0.2).linear(1000, name = "classifier.3")
}

const fn scaled(channels: usize, percent: usize) -> usize {
    make_divisible(channels * percent / 100, 8)
}

/// The small MobileNetV3 for square images of `SIZE`.
#[network]
pub fn MobileNetV3Small<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    mobilenet_v3_small(x, 100)
}
