//! Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters
//! and <0.5MB model size", 2016, in its version 1.1, as torchvision builds it, under its names.

use netcost::prelude::*;

/// A fire module: squeezes the channels, then expands them with convolutions of two sizes.
#[block]
fn fire(x: Tensor, squeeze: usize, expand: usize) -> Tensor {
    let x = x.conv2d(squeeze, 1, name = "squeeze").relu();
    concat([
        x.conv2d(expand, 1, name = "expand1x1").relu(),
        x.conv2d(expand, 3, padding = 1, name = "expand3x3").relu(),
    ])
}

/// SqueezeNet 1.1 for images of `H` × `W`.
#[network]
pub fn SqueezeNet<const H: usize, const W: usize>(x: Tensor<3, H, W>) -> Tensor<1000> {
    let mut x = x.conv2d(64, 3, stride = 2, name = "features.0").relu();
    let mut i = 2;
    for fires in [[(16, 64); 2], [(32, 128); 2]] {
        x = x.max_pool2d(3, stride = 2, ceil_mode = true);
        for (j, (squeeze, expand)) in fires.iter().enumerate() {
            x = fire(x, *squeeze, *expand, name = "features.{i + 1 + j}");
        }
        i += 3;
    }
    x = x.max_pool2d(3, stride = 2, ceil_mode = true);
    for (j, squeeze) in [48, 48, 64, 64].iter().enumerate() {
        x = fire(x, *squeeze, 4 * *squeeze, name = "features.{i + 1 + j}");
    }
    let x = x.dropout(0.5).conv2d(1000, 1, name = "classifier.1").relu();
    x.global_avg_pool().flatten()
}
