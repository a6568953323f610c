//! LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998, as it is written
//! today: averages without weights in place of the subsampling layers, every map connected to every other, and a linear
//! output.

use netcost::prelude::*;

#[block]
fn lenet5(x: Tensor) -> Tensor {
    x.conv2d(6, 5)
        .tanh()
        .avg_pool2d(2)
        .conv2d(16, 5)
        .tanh()
        .avg_pool2d(2)
        .conv2d(120, 5)
        .tanh()
        .flatten()
        .linear(84)
        .tanh()
        .linear(10)
}

/// LeNet-5, which reads digits.
#[network]
pub fn LeNet5(x: Tensor<1, 32, 32>) -> Tensor<10> {
    lenet5(x, name = "net")
}
