//! MLPerf Tiny's image classification: a ResNet of three stages for images of 32 × 32, after He, Zhang, Ren and Sun,
//! "Deep residual learning for image recognition", 2015, in the size of Banbury et al., "MLPerf Tiny benchmark", 2021.

use netcost::prelude::*;

const CLASSES: usize = 10;

#[block]
fn stem(x: Tensor) -> Tensor {
    x.conv2d(16, 3, padding = Same).batch_norm().relu()
}

/// What a stage adds to its input.
#[block]
fn branch(x: Tensor, channels: usize, stride: usize) -> Tensor {
    x.conv2d(channels, 3, stride = stride, padding = Same)
        .batch_norm()
        .relu()
        .conv2d(channels, 3, padding = Same)
        .batch_norm()
}

#[block]
fn resnet8(x: Tensor) -> Tensor {
    let mut x = stem(x, name = "stem");
    for (stage, channels) in [(1, 16), (2, 32), (3, 64)] {
        let stride = if stage == 1 { 1 } else { 2 };
        let y = branch(x, channels, stride, name = "s{stage}");
        let shortcut = if stride == 1 { x } else { x.conv2d(channels, 1, stride = stride, name = "d{stage}") };
        x = (shortcut + y).relu();
    }
    x.avg_pool2d(8).flatten().linear(CLASSES, name = "fc").softmax()
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
