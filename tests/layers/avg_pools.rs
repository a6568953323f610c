//! Average pools: the divisor of a window, at the border and beyond it.

use super::*;

#[network]
fn AvgPool1d(x: Tensor<3, 9>) -> Tensor<3, 4> {
    x.avg_pool1d(2)
}

#[network]
fn AvgPool1dStride(x: Tensor<3, 10>) -> Tensor<3, 4> {
    x.avg_pool1d(3, stride = 2)
}

#[network]
fn AvgPool1dPadding(x: Tensor<3, 8>) -> Tensor<3, 3> {
    x.avg_pool1d(3, padding = 1)
}

#[network]
fn AvgPool1dPaddingNotCounted(x: Tensor<3, 8>) -> Tensor<3, 3> {
    x.avg_pool1d(3, padding = 1, count_include_pad = false)
}

#[network]
fn AvgPool1dCeil(x: Tensor<3, 8>) -> Tensor<3, 3> {
    x.avg_pool1d(3, ceil_mode = true)
}

#[network]
fn AvgPool1dCeilPadding(x: Tensor<2, 7>) -> Tensor<2, 3> {
    x.avg_pool1d(4, stride = 3, padding = 1, ceil_mode = true)
}

#[network]
fn AvgPool1dCeilPaddingNotCounted(x: Tensor<2, 7>) -> Tensor<2, 3> {
    x.avg_pool1d(4, stride = 3, padding = 1, ceil_mode = true, count_include_pad = false)
}

#[network]
fn AvgPool1dCeilLastWindow(x: Tensor<2, 5>) -> Tensor<2, 2> {
    x.avg_pool1d(2, stride = 3, padding = 1, ceil_mode = true)
}

#[network]
fn AvgPool2d(x: Tensor<3, 6, 7>) -> Tensor<3, 3, 3> {
    x.avg_pool2d(2)
}

#[network]
fn AvgPool2dKernel1x3(x: Tensor<2, 4, 9>) -> Tensor<2, 4, 3> {
    x.avg_pool2d([1, 3])
}

#[network]
fn AvgPool2dStride1x2(x: Tensor<3, 6, 7>) -> Tensor<3, 4, 3> {
    x.avg_pool2d(3, stride = [1, 2])
}

#[network]
fn AvgPool2dPadding(x: Tensor<3, 7, 6>) -> Tensor<3, 4, 3> {
    x.avg_pool2d(3, stride = 2, padding = 1)
}

#[network]
fn AvgPool2dPadding0x2(x: Tensor<2, 4, 6>) -> Tensor<2, 3, 6> {
    x.avg_pool2d([2, 5], stride = 1, padding = [0, 2])
}

#[network]
fn AvgPool2dPaddingNotCounted(x: Tensor<3, 7, 6>) -> Tensor<3, 4, 3> {
    x.avg_pool2d(3, stride = 2, padding = 1, count_include_pad = false)
}

#[network]
fn AvgPool2dCeil(x: Tensor<3, 6, 8>) -> Tensor<3, 3, 4> {
    x.avg_pool2d(3, stride = 2, ceil_mode = true)
}

#[network]
fn AvgPool2dCeilNotCounted(x: Tensor<3, 6, 8>) -> Tensor<3, 3, 4> {
    x.avg_pool2d(3, stride = 2, ceil_mode = true, count_include_pad = false)
}

#[network]
fn AvgPool2dCeilPadding(x: Tensor<2, 6, 7>) -> Tensor<2, 3, 3> {
    x.avg_pool2d(4, stride = 3, padding = 1, ceil_mode = true)
}

#[network]
fn AvgPool2dCeilPaddingNotCounted(x: Tensor<2, 6, 7>) -> Tensor<2, 3, 3> {
    x.avg_pool2d(4, stride = 3, padding = 1, ceil_mode = true, count_include_pad = false)
}

#[network]
fn AvgPool2dSame(x: Tensor<2, 7, 6>) -> Tensor<2, 4, 3> {
    x.avg_pool2d([3, 4], stride = 2, padding = Same)
}

#[network]
fn AvgPool2dSameNotCounted(x: Tensor<2, 7, 6>) -> Tensor<2, 4, 3> {
    x.avg_pool2d([3, 4], stride = 2, padding = Same, count_include_pad = false)
}

#[network]
fn AvgPool2dWholeInput(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 1> {
    x.avg_pool2d([x.height(), x.width()])
}

#[network]
fn AvgPool3d(x: Tensor<2, 4, 5, 4>) -> Tensor<2, 2, 2, 2> {
    x.avg_pool3d(2)
}

#[network]
fn AvgPool3dStride1x2x2(x: Tensor<2, 3, 5, 4>) -> Tensor<2, 2, 2, 2> {
    x.avg_pool3d(2, stride = [1, 2, 2])
}

#[network]
fn AvgPool3dPadding(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 1, 2, 3> {
    x.avg_pool3d(3, stride = 2, padding = [0, 1, 1])
}

#[network]
fn AvgPool3dPaddingNotCounted(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 1, 2, 3> {
    x.avg_pool3d(3, stride = 2, padding = [0, 1, 1], count_include_pad = false)
}

#[network]
fn AvgPool3dCeil(x: Tensor<2, 3, 5, 4>) -> Tensor<2, 2, 3, 2> {
    x.avg_pool3d(2, ceil_mode = true)
}

#[network]
fn AvgPool3dCeilPadding(x: Tensor<2, 3, 4, 7>) -> Tensor<2, 2, 3, 4> {
    x.avg_pool3d(3, stride = 2, padding = 1, ceil_mode = true)
}

#[network]
fn AvgPool3dCeilPaddingNotCounted(x: Tensor<2, 3, 4, 7>) -> Tensor<2, 2, 3, 4> {
    x.avg_pool3d(3, stride = 2, padding = 1, ceil_mode = true, count_include_pad = false)
}

cases! {
    avg_pool1d: AvgPool1d,
    avg_pool1d_stride: AvgPool1dStride,
    avg_pool1d_padding: AvgPool1dPadding,
    avg_pool1d_padding_not_counted: AvgPool1dPaddingNotCounted,
    avg_pool1d_ceil: AvgPool1dCeil,
    avg_pool1d_ceil_padding: AvgPool1dCeilPadding,
    avg_pool1d_ceil_padding_not_counted: AvgPool1dCeilPaddingNotCounted,
    avg_pool1d_ceil_last_window: AvgPool1dCeilLastWindow,
    avg_pool2d: AvgPool2d,
    avg_pool2d_kernel_1x3: AvgPool2dKernel1x3,
    avg_pool2d_stride_1x2: AvgPool2dStride1x2,
    avg_pool2d_padding: AvgPool2dPadding,
    avg_pool2d_padding_0x2: AvgPool2dPadding0x2,
    avg_pool2d_padding_not_counted: AvgPool2dPaddingNotCounted,
    avg_pool2d_ceil: AvgPool2dCeil,
    avg_pool2d_ceil_not_counted: AvgPool2dCeilNotCounted,
    avg_pool2d_ceil_padding: AvgPool2dCeilPadding,
    avg_pool2d_ceil_padding_not_counted: AvgPool2dCeilPaddingNotCounted,
    avg_pool2d_same: AvgPool2dSame,
    avg_pool2d_same_not_counted: AvgPool2dSameNotCounted,
    avg_pool2d_whole_input: AvgPool2dWholeInput,
    avg_pool3d: AvgPool3d,
    avg_pool3d_stride_1x2x2: AvgPool3dStride1x2x2,
    avg_pool3d_padding: AvgPool3dPadding,
    avg_pool3d_padding_not_counted: AvgPool3dPaddingNotCounted,
    avg_pool3d_ceil: AvgPool3dCeil,
    avg_pool3d_ceil_padding: AvgPool3dCeilPadding,
    avg_pool3d_ceil_padding_not_counted: AvgPool3dCeilPaddingNotCounted,
}
