//! He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015, as torchvision builds it, under its
//! names.

use netcost::prelude::*;

/// The unit of the shallow networks: two convolutions.
#[block]
fn basic(x: Tensor, width: usize, stride: usize) -> Tensor {
    let y = x
        .conv2d(width, 3, stride = stride, padding = 1, bias = false, name = "conv1")
        .batch_norm(name = "bn1")
        .relu()
        .conv2d(width, 3, padding = 1, bias = false, name = "conv2")
        .batch_norm(name = "bn2");
    (y + shortcut(x, width, stride)).relu()
}

/// The unit of the deep networks, a bottleneck: a convolution between one that narrows and one that widens.
#[block]
fn bottleneck(x: Tensor, width: usize, stride: usize) -> Tensor {
    let y = x
        .conv2d(width, 1, bias = false, name = "conv1")
        .batch_norm(name = "bn1")
        .relu()
        .conv2d(width, 3, stride = stride, padding = 1, bias = false, name = "conv2")
        .batch_norm(name = "bn2")
        .relu()
        .conv2d(4 * width, 1, bias = false, name = "conv3")
        .batch_norm(name = "bn3");
    (y + shortcut(x, 4 * width, stride)).relu()
}

/// The shortcut of a unit: its input, through a convolution where the shape changes.
#[block]
fn shortcut(x: Tensor, out: usize, stride: usize) -> Tensor {
    if stride == 1 && x.channels() == out {
        x
    } else {
        x.conv2d(out, 1, stride = stride, bias = false, name = "downsample.0").batch_norm(name = "downsample.1")
    }
}

/// The layers before the first stage.
#[block]
fn stem(x: Tensor) -> Tensor {
    let x = x.conv2d(64, 7, stride = 2, padding = 3, bias = false, name = "conv1").batch_norm(name = "bn1").relu();
    x.max_pool2d(3, stride = 2, padding = 1)
}

/// ResNet-18 for square images of `SIZE`.
#[network]
pub fn ResNet18<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    let mut x = stem(x);
    for (stage, width) in [64, 128, 256, 512].iter().enumerate() {
        for unit in 0..2 {
            let stride = if unit == 0 && stage > 0 { 2 } else { 1 };
            x = basic(x, *width, stride, name = "layer{stage + 1}.{unit}");
        }
    }
    x.global_avg_pool().flatten().linear(1000, name = "fc")
}

/// ResNet of bottlenecks, by their number in each of its four stages: table 1 of the paper.
#[block]
pub fn deep_resnet(x: Tensor, depths: [usize; 4]) -> Tensor {
    let mut x = stem(x);
    let mut width = 64;
    for (stage, depth) in depths.iter().enumerate() {
        for unit in 0..*depth {
            let stride = if unit == 0 && stage > 0 { 2 } else { 1 };
            x = bottleneck(x, width, stride, name = "layer{stage + 1}.{unit}");
        }
        width *= 2;
    }
    x.global_avg_pool().flatten().linear(1000, name = "fc")
}

/// ResNet-50 for square images of `SIZE`.
#[network]
pub fn ResNet50<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    deep_resnet(x, [3, 4, 6, 3])
}

/// ResNet-152 for square images of `SIZE`.
#[network]
pub fn ResNet152<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    deep_resnet(x, [3, 8, 36, 3])
}
