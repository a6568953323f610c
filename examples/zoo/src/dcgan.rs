//! Radford, Metz and Chintala, "Unsupervised representation learning with deep convolutional generative adversarial
//! networks", 2015, in the size of PyTorch's example, whose names are those of a `Sequential`.

use netcost::prelude::*;

/// The generator: an image of 64 × 64 from a hundred random numbers.
#[network]
pub fn DcganGenerator(z: Tensor<100, 1, 1>) -> Tensor<3, 64, 64> {
    let mut x = z.conv_transpose2d(512, 4, bias = false).batch_norm().relu();
    for channels in [256, 128, 64] {
        x = x.conv_transpose2d(channels, 4, stride = 2, padding = 1, bias = false).batch_norm().relu();
    }
    x.conv_transpose2d(3, 4, stride = 2, padding = 1, bias = false).tanh()
}
