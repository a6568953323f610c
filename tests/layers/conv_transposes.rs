//! Transposed convolutions of one, two and three axes.

use super::*;

#[network]
fn ConvTranspose1d(x: Tensor<3, 7>) -> Tensor<4, 9> {
    x.conv_transpose1d(4, 3)
}

#[network]
fn ConvTranspose1dNoBias(x: Tensor<3, 7>) -> Tensor<4, 9> {
    x.conv_transpose1d(4, 3, bias = false)
}

#[network]
fn ConvTranspose1dPointwise(x: Tensor<5, 7>) -> Tensor<3, 7> {
    x.conv_transpose1d(3, 1)
}

#[network]
fn ConvTranspose1dStride2(x: Tensor<3, 19>) -> Tensor<4, 38> {
    x.conv_transpose1d(4, 4, stride = 2, padding = 1)
}

#[network]
fn ConvTranspose1dStrideBeyondKernel(x: Tensor<2, 4>) -> Tensor<3, 17> {
    x.conv_transpose1d(3, 2, stride = 5)
}

#[network]
fn ConvTranspose1dStrideBeyondKernelNoBias(x: Tensor<2, 4>) -> Tensor<3, 17> {
    x.conv_transpose1d(3, 2, stride = 5, bias = false)
}

#[network]
fn ConvTranspose1dOutputPadding(x: Tensor<2, 5>) -> Tensor<3, 17> {
    x.conv_transpose1d(3, 3, stride = 3, output_padding = 2)
}

#[network]
fn ConvTranspose1dOutputPaddingBelowDilation(x: Tensor<2, 5>) -> Tensor<3, 12> {
    x.conv_transpose1d(3, 2, dilation = 4, output_padding = 3)
}

#[network]
fn ConvTranspose1dPaddingBeyondKernel(x: Tensor<2, 9>) -> Tensor<3, 2> {
    x.conv_transpose1d(3, 2, padding = 4)
}

#[network]
fn ConvTranspose1dDilation3(x: Tensor<2, 6>) -> Tensor<3, 15> {
    x.conv_transpose1d(3, 4, dilation = 3)
}

#[network]
fn ConvTranspose1dGroups2(x: Tensor<4, 5>) -> Tensor<6, 7> {
    x.conv_transpose1d(6, 3, groups = 2)
}

#[network]
fn ConvTranspose1dEveryOption(x: Tensor<4, 9>) -> Tensor<6, 38> {
    x.conv_transpose1d(6, 3, stride = 4, padding = 5, output_padding = 3, dilation = 6, groups = 2, bias = false)
}

#[network]
fn ConvTranspose2d(x: Tensor<3, 4, 5>) -> Tensor<4, 6, 7> {
    x.conv_transpose2d(4, 3)
}

#[network]
fn ConvTranspose2dNoBias(x: Tensor<3, 4, 5>) -> Tensor<4, 6, 7> {
    x.conv_transpose2d(4, 3, bias = false)
}

#[network]
fn ConvTranspose2dFromOneElement(x: Tensor<6, 1, 1>) -> Tensor<4, 4, 4> {
    x.conv_transpose2d(4, 4, bias = false)
}

#[network]
fn ConvTranspose2dDoubling(x: Tensor<4, 5, 9>) -> Tensor<3, 10, 18> {
    x.conv_transpose2d(3, 4, stride = 2, padding = 1, bias = false)
}

#[network]
fn ConvTranspose2dDoublingBy2(x: Tensor<4, 3, 5>) -> Tensor<2, 6, 10> {
    x.conv_transpose2d(2, 2, stride = 2)
}

#[network]
fn ConvTranspose2dManyChannels(x: Tensor<17, 3, 4>) -> Tensor<19, 6, 8> {
    x.conv_transpose2d(19, 3, stride = 2, padding = 1, output_padding = 1)
}

#[network]
fn ConvTranspose2dKernel1x5(x: Tensor<2, 4, 3>) -> Tensor<3, 4, 7> {
    x.conv_transpose2d(3, [1, 5])
}

#[network]
fn ConvTranspose2dStride3x1(x: Tensor<2, 3, 5>) -> Tensor<3, 10, 7> {
    x.conv_transpose2d(3, [4, 3], stride = [3, 1])
}

#[network]
fn ConvTranspose2dPadding2x0(x: Tensor<2, 4, 3>) -> Tensor<3, 4, 5> {
    x.conv_transpose2d(3, [5, 3], padding = [2, 0])
}

#[network]
fn ConvTranspose2dOutputPadding2x0(x: Tensor<2, 3, 4>) -> Tensor<3, 11, 9> {
    x.conv_transpose2d(3, 3, stride = [3, 2], output_padding = [2, 0])
}

#[network]
fn ConvTranspose2dDilation2x3(x: Tensor<2, 5, 10>) -> Tensor<3, 11, 16> {
    x.conv_transpose2d(3, [2, 3], stride = [2, 1], dilation = [2, 3])
}

#[network]
fn ConvTranspose2dDepthwise(x: Tensor<5, 4, 3>) -> Tensor<5, 7, 5> {
    x.conv_transpose2d(5, 3, stride = 2, padding = 1, groups = x.channels())
}

#[network]
fn ConvTranspose2dGroups2(x: Tensor<6, 3, 4>) -> Tensor<4, 5, 6> {
    x.conv_transpose2d(4, 3, groups = 2)
}

#[network]
fn ConvTranspose2dEveryOption(x: Tensor<4, 5, 12>) -> Tensor<6, 6, 39> {
    x.conv_transpose2d(
        6,
        [3, 2],
        stride = [2, 3],
        padding = [3, 1],
        output_padding = [1, 3],
        dilation = [1, 4],
        groups = 2,
        bias = false,
    )
}

#[network(fuse)]
fn ConvTranspose2dBatchNorm(x: Tensor<4, 3, 5>) -> Tensor<6, 6, 10> {
    x.conv_transpose2d(6, 4, stride = 2, padding = 1, groups = 2).batch_norm().relu()
}

#[network]
fn ConvTranspose3d(x: Tensor<2, 2, 3, 4>) -> Tensor<3, 3, 4, 5> {
    x.conv_transpose3d(3, 2)
}

#[network]
fn ConvTranspose3dStride1x2x3(x: Tensor<2, 2, 3, 2>) -> Tensor<2, 2, 7, 5> {
    x.conv_transpose3d(2, [1, 3, 2], stride = [1, 2, 3])
}

#[network]
fn ConvTranspose3dEveryOption(x: Tensor<4, 3, 2, 3>) -> Tensor<2, 5, 7, 7> {
    x.conv_transpose3d(
        2,
        [2, 3, 2],
        stride = [2, 1, 3],
        padding = [1, 0, 2],
        output_padding = [1, 1, 2],
        dilation = [1, 2, 2],
        groups = 2,
    )
}

cases! {
    conv_transpose1d: ConvTranspose1d,
    conv_transpose1d_no_bias: ConvTranspose1dNoBias,
    conv_transpose1d_pointwise: ConvTranspose1dPointwise,
    conv_transpose1d_stride2: ConvTranspose1dStride2,
    conv_transpose1d_stride_beyond_kernel: ConvTranspose1dStrideBeyondKernel,
    conv_transpose1d_stride_beyond_kernel_no_bias: ConvTranspose1dStrideBeyondKernelNoBias,
    conv_transpose1d_output_padding: ConvTranspose1dOutputPadding,
    conv_transpose1d_output_padding_below_dilation: ConvTranspose1dOutputPaddingBelowDilation,
    conv_transpose1d_padding_beyond_kernel: ConvTranspose1dPaddingBeyondKernel,
    conv_transpose1d_dilation3: ConvTranspose1dDilation3,
    conv_transpose1d_groups2: ConvTranspose1dGroups2,
    conv_transpose1d_every_option: ConvTranspose1dEveryOption,
    conv_transpose2d: ConvTranspose2d,
    conv_transpose2d_no_bias: ConvTranspose2dNoBias,
    conv_transpose2d_from_one_element: ConvTranspose2dFromOneElement,
    conv_transpose2d_doubling: ConvTranspose2dDoubling,
    conv_transpose2d_doubling_by_2: ConvTranspose2dDoublingBy2,
    conv_transpose2d_many_channels: ConvTranspose2dManyChannels,
    conv_transpose2d_kernel_1x5: ConvTranspose2dKernel1x5,
    conv_transpose2d_stride_3x1: ConvTranspose2dStride3x1,
    conv_transpose2d_padding_2x0: ConvTranspose2dPadding2x0,
    conv_transpose2d_output_padding_2x0: ConvTranspose2dOutputPadding2x0,
    conv_transpose2d_dilation_2x3: ConvTranspose2dDilation2x3,
    conv_transpose2d_depthwise: ConvTranspose2dDepthwise,
    conv_transpose2d_groups2: ConvTranspose2dGroups2,
    conv_transpose2d_every_option: ConvTranspose2dEveryOption,
    conv_transpose2d_batch_norm: ConvTranspose2dBatchNorm,
    conv_transpose3d: ConvTranspose3d,
    conv_transpose3d_stride_1x2x3: ConvTranspose3dStride1x2x3,
    conv_transpose3d_every_option: ConvTranspose3dEveryOption,
}
