//! Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014, as torchvision
//! builds it, under its names.

use netcost::prelude::*;

/// Channels and convolutions of each stage: column D of table 1 of the paper.
const STAGES: [(usize, usize); 5] = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)];

#[block]
fn features(x: Tensor) -> Tensor {
    let mut x = x;
    for (channels, convolutions) in STAGES {
        for _ in 0..convolutions {
            x = x.conv2d(channels, 3, padding = 1).relu();
        }
        x = x.max_pool2d(2);
    }
    x
}

#[block]
fn classifier(x: Tensor) -> Tensor {
    x.linear(4096).relu().dropout(0.5).linear(4096).relu().dropout(0.5).linear(1000)
}

/// VGG-16 for images of `H` × `W`.
#[network]
pub fn Vgg16<const H: usize, const W: usize>(x: Tensor<3, H, W>) -> Tensor<1000> {
    let x = features(x, name = "features");
    classifier(x.adaptive_avg_pool2d(7).flatten(), name = "classifier")
}
