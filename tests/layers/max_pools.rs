//! Max pools: padding never wins, and the last window may be cut off or left out.

use super::*;

#[network]
fn MaxPool1d(x: Tensor<3, 9>) -> Tensor<3, 4> {
    x.max_pool1d(2)
}

#[network]
fn MaxPool1dStride(x: Tensor<3, 10>) -> Tensor<3, 4> {
    x.max_pool1d(3, stride = 2)
}

#[network]
fn MaxPool1dPadding(x: Tensor<3, 8>) -> Tensor<3, 3> {
    x.max_pool1d(3, padding = 1)
}

#[network]
fn MaxPool1dDilation(x: Tensor<2, 11>) -> Tensor<2, 4> {
    x.max_pool1d(3, stride = 2, dilation = 2)
}

#[network]
fn MaxPool1dCeil(x: Tensor<3, 8>) -> Tensor<3, 3> {
    x.max_pool1d(3, ceil_mode = true)
}

#[network]
fn MaxPool1dCeilLastWindow(x: Tensor<2, 5>) -> Tensor<2, 2> {
    x.max_pool1d(2, stride = 3, padding = 1, ceil_mode = true)
}

#[network]
fn MaxPool1dSame(x: Tensor<2, 7>) -> Tensor<2, 4> {
    x.max_pool1d(4, stride = 2, padding = Same)
}

#[network]
fn MaxPool2d(x: Tensor<3, 6, 7>) -> Tensor<3, 3, 3> {
    x.max_pool2d(2)
}

#[network]
fn MaxPool2dKernel1x3(x: Tensor<2, 4, 9>) -> Tensor<2, 4, 3> {
    x.max_pool2d([1, 3])
}

#[network]
fn MaxPool2dStride1x2(x: Tensor<3, 6, 7>) -> Tensor<3, 4, 3> {
    x.max_pool2d(3, stride = [1, 2])
}

#[network]
fn MaxPool2dPadding(x: Tensor<3, 7, 6>) -> Tensor<3, 4, 3> {
    x.max_pool2d(3, stride = 2, padding = 1)
}

#[network]
fn MaxPool2dPadding0x2(x: Tensor<2, 4, 6>) -> Tensor<2, 3, 6> {
    x.max_pool2d([2, 5], stride = 1, padding = [0, 2])
}

#[network]
fn MaxPool2dDilation(x: Tensor<2, 8, 7>) -> Tensor<2, 4, 3> {
    x.max_pool2d(3, stride = 1, dilation = 2)
}

#[network]
fn MaxPool2dDilationPadding(x: Tensor<2, 6, 7>) -> Tensor<2, 2, 4> {
    x.max_pool2d(3, stride = 2, padding = 1, dilation = [2, 1])
}

#[network]
fn MaxPool2dCeil(x: Tensor<3, 6, 8>) -> Tensor<3, 3, 4> {
    x.max_pool2d(3, stride = 2, ceil_mode = true)
}

#[network]
fn MaxPool2dCeilPadding(x: Tensor<2, 6, 7>) -> Tensor<2, 4, 4> {
    x.max_pool2d(3, stride = 2, padding = 1, ceil_mode = true)
}

#[network]
fn MaxPool2dCeilDilation(x: Tensor<2, 8, 9>) -> Tensor<2, 3, 3> {
    x.max_pool2d(2, stride = 3, dilation = 3, ceil_mode = true)
}

#[network]
fn MaxPool2dSame(x: Tensor<2, 7, 6>) -> Tensor<2, 4, 3> {
    x.max_pool2d(3, stride = 2, padding = Same)
}

#[network]
fn MaxPool2dSameDilation(x: Tensor<2, 8, 7>) -> Tensor<2, 8, 4> {
    x.max_pool2d(2, stride = [1, 2], padding = Same, dilation = 3)
}

#[network]
fn MaxPool2dWholeInput(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 1> {
    x.max_pool2d([x.height(), x.width()])
}

#[network]
fn MaxPool3d(x: Tensor<2, 4, 5, 4>) -> Tensor<2, 2, 2, 2> {
    x.max_pool3d(2)
}

#[network]
fn MaxPool3dStride1x2x2(x: Tensor<2, 3, 5, 4>) -> Tensor<2, 2, 2, 2> {
    x.max_pool3d(2, stride = [1, 2, 2])
}

#[network]
fn MaxPool3dPadding(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 1, 2, 3> {
    x.max_pool3d(3, stride = 2, padding = [0, 1, 1])
}

#[network]
fn MaxPool3dDilation(x: Tensor<2, 4, 5, 5>) -> Tensor<2, 3, 3, 2> {
    x.max_pool3d(2, stride = 1, dilation = [1, 2, 3])
}

#[network]
fn MaxPool3dSame(x: Tensor<2, 3, 5, 4>) -> Tensor<2, 2, 3, 2> {
    x.max_pool3d([2, 3, 4], stride = 2, padding = Same)
}

#[network]
fn MaxPool3dCeil(x: Tensor<2, 3, 5, 4>) -> Tensor<2, 2, 3, 2> {
    x.max_pool3d(2, ceil_mode = true)
}

cases! {
    max_pool1d: MaxPool1d,
    max_pool1d_stride: MaxPool1dStride,
    max_pool1d_padding: MaxPool1dPadding,
    max_pool1d_dilation: MaxPool1dDilation,
    max_pool1d_ceil: MaxPool1dCeil,
    max_pool1d_ceil_last_window: MaxPool1dCeilLastWindow,
    max_pool1d_same: MaxPool1dSame,
    max_pool2d: MaxPool2d,
    max_pool2d_kernel_1x3: MaxPool2dKernel1x3,
    max_pool2d_stride_1x2: MaxPool2dStride1x2,
    max_pool2d_padding: MaxPool2dPadding,
    max_pool2d_padding_0x2: MaxPool2dPadding0x2,
    max_pool2d_dilation: MaxPool2dDilation,
    max_pool2d_dilation_padding: MaxPool2dDilationPadding,
    max_pool2d_ceil: MaxPool2dCeil,
    max_pool2d_ceil_padding: MaxPool2dCeilPadding,
    max_pool2d_ceil_dilation: MaxPool2dCeilDilation,
    max_pool2d_same: MaxPool2dSame,
    max_pool2d_same_dilation: MaxPool2dSameDilation,
    max_pool2d_whole_input: MaxPool2dWholeInput,
    max_pool3d: MaxPool3d,
    max_pool3d_stride_1x2x2: MaxPool3dStride1x2x2,
    max_pool3d_padding: MaxPool3dPadding,
    max_pool3d_dilation: MaxPool3dDilation,
    max_pool3d_same: MaxPool3dSame,
    max_pool3d_ceil: MaxPool3dCeil,
}
