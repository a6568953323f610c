//! Huang, Liu, van der Maaten and Weinberger, "Densely connected convolutional networks", 2016, as torchvision builds
//! it, under its names.

use netcost::prelude::*;

/// The channels that each layer adds: k in the paper.
const GROWTH: usize = 32;

/// One layer of a dense block: a 1 × 1 convolution over all features so far, and a 3 × 3 one.
#[block]
fn dense_layer(features: &Vec<Tensor>) -> Tensor {
    concat(features)
        .batch_norm(name = "norm1")
        .relu()
        .conv2d(4 * GROWTH, 1, bias = false, name = "conv1")
        .batch_norm(name = "norm2")
        .relu()
        .conv2d(GROWTH, 3, padding = 1, bias = false, name = "conv2")
}

#[block]
fn dense_block(x: Tensor, layers: usize) -> Tensor {
    let mut features = vec![x];
    for layer in 1..=layers {
        features.push(dense_layer(&features, name = "denselayer{layer}"));
    }
    concat(features)
}

/// The transition between two dense blocks, which halves the channels and the image.
#[block]
fn transition(x: Tensor) -> Tensor {
    x.batch_norm(name = "norm").relu().conv2d(x.channels() / 2, 1, bias = false, name = "conv").avg_pool2d(2)
}

/// DenseNet, by the number of layers in each of its four blocks: table 1 of the paper.
#[block]
pub fn densenet(x: Tensor, blocks: [usize; 4]) -> Tensor {
    let x = x.conv2d(64, 7, stride = 2, padding = 3, bias = false, name = "features.conv0");
    let mut x = x.batch_norm(name = "features.norm0").relu().max_pool2d(3, stride = 2, padding = 1);
    for (i, layers) in blocks.iter().enumerate() {
        x = dense_block(x, *layers, name = "features.denseblock{i + 1}");
        if i < 3 {
            x = transition(x, name = "features.transition{i + 1}");
        }
    }
    let x = x.batch_norm(name = "features.norm5").relu();
    x.global_avg_pool().flatten().linear(1000, name = "classifier")
}

/// DenseNet-121 for square images of `SIZE`.
#[network]
pub fn DenseNet121<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    densenet(x, [6, 12, 24, 16])
}

/// DenseNet-201 for square images of `SIZE`.
#[network]
pub fn DenseNet201<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    densenet(x, [6, 12, 48, 32])
}
