//! AlexNet in the form of Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014, as
//! torchvision builds it.

use netcost::prelude::*;

/// AlexNet for images of `H` × `W`.
#[network]
pub fn AlexNet<const H: usize, const W: usize>(x: Tensor<3, H, W>) -> Tensor<1000> {
    x.conv2d(64, 11, stride = 4, padding = 2, name = "features.0")
        .relu()
        .max_pool2d(3, stride = 2)
        .conv2d(192, 5, padding = 2, name = "features.3")
        .relu()
        .max_pool2d(3, stride = 2)
        .conv2d(384, 3, padding = 1, name = "features.6")
        .relu()
        .conv2d(256, 3, padding = 1, name = "features.8")
        .relu()
        .conv2d(256, 3, padding = 1, name = "features.10")
        .relu()
        .max_pool2d(3, stride = 2)
        .adaptive_avg_pool2d(6)
        .flatten()
        .dropout(0.5)
        .linear(4096, name = "classifier.1")
        .relu()
        .dropout(0.5)
        .linear(4096, name = "classifier.4")
        .relu()
        .linear(1000, name = "classifier.6")
}
