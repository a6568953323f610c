//! MLPerf Tiny's keyword spotting: the DS-CNN of Zhang, Suda, Lai and Chandra, "Hello edge: keyword spotting on
//! microcontrollers", 2017, in the size of Banbury et al., "MLPerf Tiny benchmark", 2021.

use netcost::prelude::*;

const CLASSES: usize = 12;

/// A depthwise and a pointwise convolution, each normalised.
#[block]
fn separable(x: Tensor, out: usize) -> Tensor {
    x.conv2d(x.channels(), 3, padding = 1, groups = x.channels()).batch_norm().relu().conv2d(out, 1).batch_norm().relu()
}

#[block]
fn ds_cnn(x: Tensor) -> Tensor {
    let x = x.conv2d(64, [10, 4], stride = 2, padding = Same, name = "conv1").batch_norm(name = "bn1").relu();
    let mut x = x.dropout(0.2);
    for i in 0..4 {
        x = separable(x, 64, name = "blocks.{i}");
    }
    x.dropout(0.4).global_avg_pool().flatten().linear(CLASSES, name = "fc").softmax()
}

/// DS-CNN on 49 frames of 10 features, layer by layer as it is trained.
#[network]
pub fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<CLASSES> {
    ds_cnn(x)
}

/// DS-CNN as it is deployed.
#[network(fuse)]
pub fn DsCnnFused(x: Tensor<1, 49, 10>) -> Tensor<CLASSES> {
    ds_cnn(x)
}

/// DS-CNN as it is deployed, in 8-bit integers.
#[network(fuse, dtype = i8)]
pub fn DsCnnInt8(x: Tensor<1, 49, 10>) -> Tensor<CLASSES> {
    ds_cnn(x)
}
