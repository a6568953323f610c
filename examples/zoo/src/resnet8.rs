//! MLPerf Tiny's image classification: a ResNet of three stages for images of 32 × 32, after He, Zhang, Ren and Sun,
//! "Deep residual learning for image recognition", 2015, in the size of Banbury et al., "MLPerf Tiny benchmark", 2021.

use netcost::prelude::*;

const CLASSES: usize = 10;

/// Two convolutions and a shortcut, which is a convolution where the shape changes.
#[block]
fn residual(x: Tensor, channels: usize, stride: usize) -> Tensor {
    let y = x
        .conv2d(channels, 3, stride = stride, padding = Same)
        .batch_norm()
        .relu()
        .conv2d(channels, 3, padding = Same)
        .batch_norm();
    let shortcut = if stride == 1 { x } else { x.conv2d(channels, 1, stride = stride) };
    (shortcut + y).relu()
}

#[block]
fn resnet8(x: Tensor) -> Tensor {
    let mut x = x.conv2d(16, 3, padding = Same).batch_norm().relu();
    for (channels, stride) in [(16, 1), (32, 2), (64, 2)] {
        x = residual(x, channels, stride);
    }
    x.avg_pool2d(8).flatten().linear(CLASSES).softmax()
}

/// ResNet-8, layer by layer as it is trained.
#[network]
pub fn ResNet8(x: Tensor<3, 32, 32>) -> Tensor<CLASSES> {
    resnet8(x)
}

/// ResNet-8 as it is deployed.
#[network(fuse)]
pub fn ResNet8Fused(x: Tensor<3, 32, 32>) -> Tensor<CLASSES> {
    resnet8(x)
}

/// ResNet-8 as it is deployed, in 8-bit integers.
#[network(fuse, dtype = i8)]
pub fn ResNet8Int8(x: Tensor<3, 32, 32>) -> Tensor<CLASSES> {
    resnet8(x)
}
