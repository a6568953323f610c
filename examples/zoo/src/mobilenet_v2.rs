//! Sandler, Howard, Zhu, Zhmoginov and Chen, "MobileNetV2: inverted residuals and linear bottlenecks", 2018, as
//! torchvision builds it, under its names.

use netcost::prelude::*;

/// Expansion, channels, repetitions and stride of each stage: table 2 of the paper.
const STAGES: [(usize, usize, usize, usize); 7] =
    [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

/// The multiple of `divisor` nearest to `channels`, but not below nine tenths of it: the rounding of channels in
/// MobileNet.
pub const fn make_divisible(channels: usize, divisor: usize) -> usize {
    let rounded = (channels + divisor / 2) / divisor * divisor;
    let rounded = if rounded < divisor { divisor } else { rounded };
    if rounded * 10 < channels * 9 { rounded + divisor } else { rounded }
}

/// A convolution over the image, and its normalisation and activation.
#[block]
fn conv_norm_relu6(x: Tensor, out: usize, kernel: usize, stride: usize, groups: usize) -> Tensor {
    x.conv2d(out, kernel, stride = stride, padding = kernel / 2, groups = groups, bias = false, name = "0")
        .batch_norm(name = "1")
        .relu6()
}

#[block]
fn inverted_residual(x: Tensor, expansion: usize, out: usize, stride: usize) -> Tensor {
    let hidden = x.channels() * expansion;
    let mut y = x;
    let mut i = 0;
    if expansion != 1 {
        y = conv_norm_relu6(y, hidden, 1, 1, 1, name = "conv.{i}");
        i += 1;
    }
    y = conv_norm_relu6(y, hidden, 3, stride, hidden, name = "conv.{i}");
    y = y.conv2d(out, 1, bias = false, name = "conv.{i + 1}").batch_norm(name = "conv.{i + 2}");
    if stride == 1 && x.channels() == out { x + y } else { y }
}

/// MobileNetV2 at `percent` of its width.
#[block]
pub fn mobilenet_v2(x: Tensor, percent: usize) -> Tensor {
    let mut x = conv_norm_relu6(x, make_divisible(32 * percent / 100, 8), 3, 2, 1, name = "features.0");
    let mut i = 1;
    for (expansion, channels, repetitions, stride) in STAGES {
        let channels = make_divisible(channels * percent / 100, 8);
        for repetition in 0..repetitions {
            let stride = if repetition == 0 { stride } else { 1 };
            x = inverted_residual(x, expansion, channels, stride, name = "features.{i}");
            i += 1;
        }
    }
    let last = if percent > 100 { make_divisible(1280 * percent / 100, 8) } else { 1280 };
    let x = conv_norm_relu6(x, last, 1, 1, 1, name = "features.{i}");
    x.global_avg_pool().flatten().dropout(0.2).linear(1000, name = "classifier.1")
}

/// MobileNetV2 of width 1 for square images of `SIZE`.
#[network]
pub fn MobileNetV2<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    mobilenet_v2(x, 100)
}

/// MobileNetV2 of width 0.35 for square images of `SIZE`.
#[network]
pub fn MobileNetV2Narrow<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    mobilenet_v2(x, 35)
}

/// MobileNetV2 of width 1.4 for square images of `SIZE`.
#[network]
pub fn MobileNetV2Wide<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    mobilenet_v2(x, 140)
}
