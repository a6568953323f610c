//! Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019, as torchvision builds
//! it, under its names.

use netcost::Activation;
use netcost::prelude::*;

/// Expansion, kernel, stride, channels and repetitions of each stage: table 1 of the paper.
const STAGES: [(usize, usize, usize, usize, usize); 7] = [
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
];

/// A convolution over the image, and its normalisation.
#[block]
fn conv_norm(x: Tensor, out: usize, kernel: usize, stride: usize, groups: usize) -> Tensor {
    x.conv2d(out, kernel, stride = stride, padding = kernel / 2, groups = groups, bias = false, name = "0")
        .batch_norm(name = "1")
}

/// An inverted residual of MobileNetV2 with squeeze-and-excitation.
#[block]
fn mb_conv(x: Tensor, expansion: usize, kernel: usize, stride: usize, out: usize) -> Tensor {
    let hidden = x.channels() * expansion;
    let mut y = x;
    let mut i = 0;
    if expansion != 1 {
        y = conv_norm(y, hidden, 1, 1, 1, name = "block.{i}").silu();
        i += 1;
    }
    y = conv_norm(y, hidden, kernel, stride, hidden, name = "block.{i}").silu();
    y = y.squeeze_excitation(x.channels() / 4, activation = Activation::Silu, name = "block.{i + 1}");
    y = conv_norm(y, out, 1, 1, 1, name = "block.{i + 2}");
    if stride == 1 && x.channels() == out { y + x } else { y }
}

/// EfficientNet-B0 for square images of `SIZE`.
#[network]
pub fn EfficientNetB0<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    let mut x = conv_norm(x, 32, 3, 2, 1, name = "features.0").silu();
    for (i, (expansion, kernel, stride, channels, repetitions)) in STAGES.iter().enumerate() {
        for repetition in 0..*repetitions {
            let stride = if repetition == 0 { *stride } else { 1 };
            x = mb_conv(x, *expansion, *kernel, stride, *channels, name = "features.{i + 1}.{repetition}");
        }
    }
    let x = conv_norm(x, 1280, 1, 1, 1, name = "features.8").silu();
    x.global_avg_pool().flatten().dropout(0.2).linear(1000, name = "classifier.1")
}
