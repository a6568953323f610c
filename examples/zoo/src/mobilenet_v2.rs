//! Sandler, Howard, Zhu, Zhmoginov and Chen, "MobileNetV2: inverted residuals and linear bottlenecks", 2018, as
//! torchvision builds it.

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

#[block]
fn inverted_residual(x: Tensor, expansion: usize, out: usize, stride: usize) -> Tensor {
    let hidden = x.channels() * expansion;
    let mut y = x;
    if expansion != 1 {
        y = y.conv2d(hidden, 1, bias = false).batch_norm().relu6();
    }
    y = y
        .conv2d(hidden, 3, stride = stride, padding = 1, groups = hidden, bias = false)
        .batch_norm()
        .relu6()
        .conv2d(out, 1, bias = false)
        .batch_norm();
    if stride == 1 && x.channels() == out { x + y } else { y }
}

/// MobileNetV2 at `percent` of its width.
#[block]
pub fn mobilenet_v2(x: Tensor, percent: usize) -> Tensor {
    let mut x = x.conv2d(make_divisible(32 * percent / 100, 8), 3, stride = 2, padding = 1, bias = false);
    x = x.batch_norm().relu6();
    for (expansion, channels, repetitions, stride) in STAGES {
        let channels = make_divisible(channels * percent / 100, 8);
        for i in 0..repetitions {
            x = inverted_residual(x, expansion, channels, if i == 0 { stride } else { 1 });
        }
    }
    let last = if percent > 100 { make_divisible(1280 * percent / 100, 8) } else { 1280 };
    x.conv2d(last, 1, bias = false).batch_norm().relu6().global_avg_pool().flatten().dropout(0.2).linear(1000)
}

/// MobileNetV2 of width 1 for square images of `SIZE`.
#[network]
pub fn MobileNetV2<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    mobilenet_v2(x, 100)
}
