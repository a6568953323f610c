//! He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015, as torchvision builds it.

use netcost::prelude::*;

#[block]
fn bottleneck(x: Tensor, width: usize, stride: usize) -> Tensor {
    let y = x
        .conv2d(width, 1, bias = false)
        .batch_norm()
        .relu()
        .conv2d(width, 3, stride = stride, padding = 1, bias = false)
        .batch_norm()
        .relu()
        .conv2d(4 * width, 1, bias = false)
        .batch_norm();
    let shortcut = if stride == 1 && x.channels() == 4 * width {
        x
    } else {
        x.conv2d(4 * width, 1, stride = stride, bias = false).batch_norm()
    };
    (y + shortcut).relu()
}

/// ResNet-152.
#[network]
pub fn ResNet152(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    let x = x.conv2d(64, 7, stride = 2, padding = 3, bias = false).batch_norm().relu();
    let mut x = x.max_pool2d(3, stride = 2, padding = 1);
    for (stage, (width, depth)) in [(64, 3), (128, 8), (256, 36), (512, 3)].iter().enumerate() {
        for unit in 0..*depth {
            x = bottleneck(x, *width, if unit == 0 && stage > 0 { 2 } else { 1 });
        }
    }
    x.global_avg_pool().flatten().linear(1000)
}
