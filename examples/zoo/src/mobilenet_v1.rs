//! Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017. At a
//! quarter of its width, on images of 96 × 96, it is MLPerf Tiny's visual wake words: Banbury et al., "MLPerf Tiny
//! benchmark", 2021.

use netcost::prelude::*;

/// Output channels and stride of each separable layer: table 1 of the paper.
const SEPARABLE: [(usize, usize); 13] = [
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (1024, 2),
    (1024, 1),
];

/// MobileNet at `percent` of its width.
#[block]
pub fn mobilenet_v1(x: Tensor, percent: usize, classes: usize) -> Tensor {
    let mut x = x.conv2d(32 * percent / 100, 3, stride = 2, padding = Same).batch_norm().relu();
    for (channels, stride) in SEPARABLE {
        x = x
            .conv2d(x.channels(), 3, stride = stride, padding = Same, groups = x.channels())
            .batch_norm()
            .relu()
            .conv2d(channels * percent / 100, 1)
            .batch_norm()
            .relu();
    }
    x.global_avg_pool().flatten().linear(classes).softmax()
}

/// Visual wake words: whether there is a person in the image, layer by layer as it is trained.
#[network]
pub fn VisualWakeWords(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}

/// Visual wake words as it is deployed.
#[network(fuse)]
pub fn VisualWakeWordsFused(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}

/// Visual wake words as it is deployed, in 8-bit integers.
#[network(fuse, dtype = i8)]
pub fn VisualWakeWordsInt8(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}
