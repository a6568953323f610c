//! Convolutions of one, two and three axes.

use super::*;

#[network]
fn Conv1d(x: Tensor<3, 11>) -> Tensor<4, 9> {
    x.conv1d(4, 3)
}

#[network]
fn Conv1dNoBias(x: Tensor<3, 11>) -> Tensor<4, 9> {
    x.conv1d(4, 3, bias = false)
}

#[network]
fn Conv1dPointwise(x: Tensor<5, 7>) -> Tensor<3, 7> {
    x.conv1d(3, 1)
}

#[network]
fn Conv1dStride2(x: Tensor<3, 11>) -> Tensor<4, 4> {
    x.conv1d(4, 4, stride = 2)
}

#[network]
fn Conv1dStrideBeyondKernel(x: Tensor<2, 14>) -> Tensor<3, 3> {
    x.conv1d(3, 2, stride = 5)
}

#[network]
fn Conv1dPadding(x: Tensor<3, 9>) -> Tensor<4, 9> {
    x.conv1d(4, 3, padding = 1)
}

#[network]
fn Conv1dPaddingFewTaps(x: Tensor<2, 3>) -> Tensor<3, 7> {
    x.conv1d(3, 5, padding = 4)
}

#[network]
fn Conv1dPaddingBeyondKernel(x: Tensor<2, 5>) -> Tensor<3, 11> {
    x.conv1d(3, 3, padding = 4)
}

#[network]
fn Conv1dDilation3(x: Tensor<2, 13>) -> Tensor<3, 4> {
    x.conv1d(3, 4, dilation = 3)
}

#[network]
fn Conv1dGroups2(x: Tensor<4, 9>) -> Tensor<6, 7> {
    x.conv1d(6, 3, groups = 2)
}

#[network]
fn Conv1dDepthwise(x: Tensor<5, 9>) -> Tensor<5, 9> {
    x.conv1d(5, 3, padding = 1, groups = x.channels())
}

#[network]
fn Conv1dSame(x: Tensor<3, 8>) -> Tensor<4, 8> {
    x.conv1d(4, 4, padding = Same)
}

#[network]
fn Conv1dStride3Same(x: Tensor<3, 11>) -> Tensor<4, 4> {
    x.conv1d(4, [5], stride = [3], padding = Same)
}

#[network]
fn Conv1dDilation2Same(x: Tensor<2, 10>) -> Tensor<3, 5> {
    x.conv1d(3, 3, stride = 2, padding = Same, dilation = 2)
}

#[network]
fn Conv1dEveryOption(x: Tensor<4, 23>) -> Tensor<6, 11> {
    x.conv1d(6, 3, stride = 2, padding = 3, dilation = 4, groups = 2, bias = false)
}

#[network]
fn Conv1dWholeInput(x: Tensor<3, 7>) -> Tensor<4, 1> {
    x.conv1d(4, 7)
}

#[network]
fn Conv2d(x: Tensor<3, 7, 6>) -> Tensor<4, 5, 4> {
    x.conv2d(4, 3)
}

#[network]
fn Conv2dNoBias(x: Tensor<3, 7, 6>) -> Tensor<4, 5, 4> {
    x.conv2d(4, 3, bias = false)
}

#[network]
fn Conv2dOneChannel(x: Tensor<1, 5, 5>) -> Tensor<1, 4, 4> {
    x.conv2d(1, 2)
}

#[network]
fn Conv2dManyChannels(x: Tensor<17, 5, 7>) -> Tensor<19, 5, 7> {
    x.conv2d(19, 3, padding = 1)
}

#[network]
fn Conv2dPointwise(x: Tensor<5, 3, 7>) -> Tensor<9, 3, 7> {
    x.conv2d(9, 1)
}

#[network]
fn Conv2dPointwiseStride2(x: Tensor<5, 5, 4>) -> Tensor<3, 3, 2> {
    x.conv2d(3, 1, stride = 2, bias = false)
}

#[network]
fn Conv2dPointwisePadding(x: Tensor<2, 3, 4>) -> Tensor<3, 5, 6> {
    x.conv2d(3, 1, padding = 1)
}

#[network]
fn Conv2dKernel1x5(x: Tensor<2, 4, 9>) -> Tensor<3, 4, 5> {
    x.conv2d(3, [1, 5])
}

#[network]
fn Conv2dKernel4x3(x: Tensor<2, 9, 7>) -> Tensor<3, 6, 5> {
    x.conv2d(3, [4, 3])
}

#[network]
fn Conv2dStride2(x: Tensor<3, 9, 8>) -> Tensor<4, 4, 3> {
    x.conv2d(4, 3, stride = 2)
}

#[network]
fn Conv2dStride3x1(x: Tensor<2, 10, 5>) -> Tensor<3, 3, 3> {
    x.conv2d(3, 3, stride = [3, 1])
}

#[network]
fn Conv2dStrideBeyondKernel(x: Tensor<2, 9, 11>) -> Tensor<3, 2, 3> {
    x.conv2d(3, 2, stride = 4)
}

#[network]
fn Conv2dPadding(x: Tensor<3, 5, 6>) -> Tensor<4, 5, 6> {
    x.conv2d(4, 3, padding = 1)
}

#[network]
fn Conv2dPadding2x0(x: Tensor<2, 4, 7>) -> Tensor<3, 4, 5> {
    x.conv2d(3, [5, 3], padding = [2, 0])
}

#[network]
fn Conv2dPaddingStride2(x: Tensor<3, 7, 7>) -> Tensor<4, 4, 4> {
    x.conv2d(4, 3, stride = 2, padding = 1)
}

#[network]
fn Conv2dPaddingFewTaps(x: Tensor<2, 3, 2>) -> Tensor<3, 5, 4> {
    x.conv2d(3, 3, padding = 2)
}

#[network]
fn Conv2dPaddingBeyondKernel(x: Tensor<2, 3, 4>) -> Tensor<3, 9, 10> {
    x.conv2d(3, 3, padding = 4)
}

#[network]
fn Conv2dPaddingBeyondKernelNoBias(x: Tensor<2, 2, 2>) -> Tensor<3, 7, 7> {
    x.conv2d(3, 2, padding = 3, bias = false)
}

#[network]
fn Conv2dKernelBeyondInput(x: Tensor<2, 3, 3>) -> Tensor<3, 1, 1> {
    x.conv2d(3, 5, padding = 1)
}

#[network]
fn Conv2dDilation2(x: Tensor<2, 8, 9>) -> Tensor<3, 4, 5> {
    x.conv2d(3, 3, dilation = 2)
}

#[network]
fn Conv2dDilation1x3(x: Tensor<2, 5, 10>) -> Tensor<3, 4, 4> {
    x.conv2d(3, [2, 3], dilation = [1, 3])
}

#[network]
fn Conv2dDilation2Padding2(x: Tensor<3, 6, 5>) -> Tensor<4, 6, 5> {
    x.conv2d(4, 3, padding = 2, dilation = 2)
}

#[network]
fn Conv2dGroups2(x: Tensor<4, 6, 5>) -> Tensor<6, 4, 3> {
    x.conv2d(6, 3, groups = 2)
}

#[network]
fn Conv2dGroups3NoBias(x: Tensor<6, 5, 5>) -> Tensor<3, 5, 5> {
    x.conv2d(3, 3, padding = 1, groups = 3, bias = false)
}

#[network]
fn Conv2dDepthwise(x: Tensor<5, 6, 7>) -> Tensor<5, 6, 7> {
    x.conv2d(x.channels(), 3, padding = 1, groups = x.channels(), bias = false)
}

#[network]
fn Conv2dDepthwiseStride2(x: Tensor<4, 7, 8>) -> Tensor<4, 4, 4> {
    x.conv2d(4, 3, stride = 2, padding = 1, groups = 4)
}

#[network]
fn Conv2dDepthwiseMultiplier2(x: Tensor<3, 5, 6>) -> Tensor<6, 5, 6> {
    x.conv2d(2 * x.channels(), 3, padding = 1, groups = x.channels())
}

#[network]
fn Conv2dDepthwiseSame(x: Tensor<3, 6, 5>) -> Tensor<3, 3, 3> {
    x.conv2d(3, [2, 4], stride = 2, padding = Same, groups = 3)
}

#[network]
fn Conv2dDepthwiseKernel5Dilation(x: Tensor<3, 9, 10>) -> Tensor<3, 9, 14> {
    x.conv2d(3, 5, padding = 4, dilation = [2, 1], groups = 3)
}

#[network]
fn Conv2dDepthwiseManyChannels(x: Tensor<35, 5, 6>) -> Tensor<35, 5, 6> {
    x.conv2d(35, 3, padding = 1, groups = 35)
}

#[network]
fn Conv2dPointwiseGroups2(x: Tensor<6, 3, 5>) -> Tensor<8, 3, 5> {
    x.conv2d(8, 1, groups = 2)
}

#[network]
fn Conv2dPointwiseManyChannels(x: Tensor<37, 3, 11>) -> Tensor<35, 3, 11> {
    x.conv2d(35, 1)
}

#[network]
fn Conv2dGroupsOfManyChannels(x: Tensor<32, 4, 5>) -> Tensor<34, 4, 5> {
    x.conv2d(34, 3, padding = 1, groups = 2)
}

#[network]
fn Conv2dSame(x: Tensor<2, 5, 6>) -> Tensor<3, 5, 6> {
    x.conv2d(3, 3, padding = Same)
}

#[network]
fn Conv2dSameEvenKernel(x: Tensor<2, 5, 6>) -> Tensor<3, 5, 6> {
    x.conv2d(3, [2, 4], padding = Same)
}

#[network]
fn Conv2dStride2Same(x: Tensor<3, 9, 7>) -> Tensor<4, 5, 4> {
    x.conv2d(4, 3, stride = 2, padding = Same)
}

#[network]
fn Conv2dStride2SameEvenSize(x: Tensor<3, 8, 6>) -> Tensor<4, 4, 3> {
    x.conv2d(4, 3, stride = 2, padding = Same)
}

#[network]
fn Conv2dStride3x2Same(x: Tensor<2, 10, 7>) -> Tensor<3, 4, 4> {
    x.conv2d(3, [4, 5], stride = [3, 2], padding = Same)
}

#[network]
fn Conv2dSameStrideBeyondKernel(x: Tensor<2, 8, 9>) -> Tensor<3, 3, 3> {
    x.conv2d(3, 2, stride = 3, padding = Same)
}

#[network]
fn Conv2dDilationSame(x: Tensor<2, 7, 8>) -> Tensor<3, 4, 8> {
    x.conv2d(3, 3, stride = [2, 1], padding = Same, dilation = [2, 3])
}

#[network]
fn Conv2dKeywordSpottingStem(x: Tensor<1, 49, 10>) -> Tensor<4, 25, 5> {
    x.conv2d(4, [10, 4], stride = 2, padding = Same, bias = false)
}

#[network]
fn Conv2dWholeInput(x: Tensor<3, 4, 5>) -> Tensor<6, 1, 1> {
    x.conv2d(6, [x.height(), x.width()])
}

#[network]
fn Conv2dEveryOption(x: Tensor<4, 11, 12>) -> Tensor<6, 7, 4> {
    x.conv2d(6, [3, 2], stride = [2, 3], padding = [3, 1], dilation = [2, 4], groups = 2, bias = false)
}

#[network]
fn Conv2dTwoLayers(x: Tensor<2, 7, 7>) -> Tensor<3, 2, 2> {
    x.conv2d(4, 3).conv2d(3, 3, stride = 2)
}

#[network]
fn Conv3d(x: Tensor<2, 4, 5, 6>) -> Tensor<3, 2, 3, 4> {
    x.conv3d(3, 3)
}

#[network]
fn Conv3dNoBias(x: Tensor<2, 3, 4, 3>) -> Tensor<3, 2, 3, 2> {
    x.conv3d(3, 2, bias = false)
}

#[network]
fn Conv3dPointwise(x: Tensor<4, 2, 3, 3>) -> Tensor<3, 2, 3, 3> {
    x.conv3d(3, 1)
}

#[network]
fn Conv3dKernel1x3x2(x: Tensor<2, 3, 5, 4>) -> Tensor<3, 3, 3, 3> {
    x.conv3d(3, [1, 3, 2])
}

#[network]
fn Conv3dStride1x2x3(x: Tensor<2, 4, 5, 7>) -> Tensor<2, 3, 2, 2> {
    x.conv3d(2, 2, stride = [1, 2, 3])
}

#[network]
fn Conv3dPadding1x0x2(x: Tensor<2, 3, 4, 3>) -> Tensor<2, 3, 2, 5> {
    x.conv3d(2, 3, padding = [1, 0, 2])
}

#[network]
fn Conv3dPaddingFewTaps(x: Tensor<2, 2, 1, 2>) -> Tensor<2, 4, 3, 4> {
    x.conv3d(2, 3, padding = 2)
}

#[network]
fn Conv3dDilation2(x: Tensor<2, 5, 4, 5>) -> Tensor<2, 3, 2, 3> {
    x.conv3d(2, 2, dilation = 2)
}

#[network]
fn Conv3dGroups2(x: Tensor<4, 3, 3, 4>) -> Tensor<4, 2, 2, 3> {
    x.conv3d(4, 2, groups = 2)
}

#[network]
fn Conv3dDepthwise(x: Tensor<3, 3, 4, 3>) -> Tensor<3, 3, 4, 3> {
    x.conv3d(3, 3, padding = 1, groups = 3, bias = false)
}

#[network]
fn Conv3dStride2Same(x: Tensor<2, 4, 5, 3>) -> Tensor<2, 2, 3, 2> {
    x.conv3d(2, [2, 3, 4], stride = 2, padding = Same)
}

#[network]
fn Conv3dEveryOption(x: Tensor<4, 6, 7, 9>) -> Tensor<6, 4, 7, 2> {
    x.conv3d(6, [2, 3, 2], stride = [2, 1, 3], padding = [1, 2, 0], dilation = [1, 2, 3], groups = 2, bias = false)
}

#[network]
fn Conv3dWholeInput(x: Tensor<2, 2, 3, 4>) -> Tensor<3, 1, 1, 1> {
    x.conv3d(3, [2, 3, 4])
}

cases! {
    conv1d: Conv1d,
    conv1d_no_bias: Conv1dNoBias,
    conv1d_pointwise: Conv1dPointwise,
    conv1d_stride2: Conv1dStride2,
    conv1d_stride_beyond_kernel: Conv1dStrideBeyondKernel,
    conv1d_padding: Conv1dPadding,
    conv1d_padding_few_taps: Conv1dPaddingFewTaps,
    conv1d_padding_beyond_kernel: Conv1dPaddingBeyondKernel,
    conv1d_dilation3: Conv1dDilation3,
    conv1d_groups2: Conv1dGroups2,
    conv1d_depthwise: Conv1dDepthwise,
    conv1d_same: Conv1dSame,
    conv1d_stride3_same: Conv1dStride3Same,
    conv1d_dilation2_same: Conv1dDilation2Same,
    conv1d_every_option: Conv1dEveryOption,
    conv1d_whole_input: Conv1dWholeInput,
    conv2d: Conv2d,
    conv2d_no_bias: Conv2dNoBias,
    conv2d_one_channel: Conv2dOneChannel,
    conv2d_many_channels: Conv2dManyChannels,
    conv2d_pointwise: Conv2dPointwise,
    conv2d_pointwise_stride2: Conv2dPointwiseStride2,
    conv2d_pointwise_padding: Conv2dPointwisePadding,
    conv2d_kernel_1x5: Conv2dKernel1x5,
    conv2d_kernel_4x3: Conv2dKernel4x3,
    conv2d_stride2: Conv2dStride2,
    conv2d_stride_3x1: Conv2dStride3x1,
    conv2d_stride_beyond_kernel: Conv2dStrideBeyondKernel,
    conv2d_padding: Conv2dPadding,
    conv2d_padding_2x0: Conv2dPadding2x0,
    conv2d_padding_stride2: Conv2dPaddingStride2,
    conv2d_padding_few_taps: Conv2dPaddingFewTaps,
    conv2d_padding_beyond_kernel: Conv2dPaddingBeyondKernel,
    conv2d_padding_beyond_kernel_no_bias: Conv2dPaddingBeyondKernelNoBias,
    conv2d_kernel_beyond_input: Conv2dKernelBeyondInput,
    conv2d_dilation2: Conv2dDilation2,
    conv2d_dilation_1x3: Conv2dDilation1x3,
    conv2d_dilation2_padding2: Conv2dDilation2Padding2,
    conv2d_groups2: Conv2dGroups2,
    conv2d_groups3_no_bias: Conv2dGroups3NoBias,
    conv2d_depthwise: Conv2dDepthwise,
    conv2d_depthwise_stride2: Conv2dDepthwiseStride2,
    conv2d_depthwise_multiplier2: Conv2dDepthwiseMultiplier2,
    conv2d_depthwise_same: Conv2dDepthwiseSame,
    conv2d_depthwise_kernel5_dilation: Conv2dDepthwiseKernel5Dilation,
    conv2d_depthwise_many_channels: Conv2dDepthwiseManyChannels,
    conv2d_pointwise_groups2: Conv2dPointwiseGroups2,
    conv2d_pointwise_many_channels: Conv2dPointwiseManyChannels,
    conv2d_groups_of_many_channels: Conv2dGroupsOfManyChannels,
    conv2d_same: Conv2dSame,
    conv2d_same_even_kernel: Conv2dSameEvenKernel,
    conv2d_stride2_same: Conv2dStride2Same,
    conv2d_stride2_same_even_size: Conv2dStride2SameEvenSize,
    conv2d_stride_3x2_same: Conv2dStride3x2Same,
    conv2d_same_stride_beyond_kernel: Conv2dSameStrideBeyondKernel,
    conv2d_dilation_same: Conv2dDilationSame,
    conv2d_keyword_spotting_stem: Conv2dKeywordSpottingStem,
    conv2d_whole_input: Conv2dWholeInput,
    conv2d_every_option: Conv2dEveryOption,
    conv2d_two_layers: Conv2dTwoLayers,
    conv3d: Conv3d,
    conv3d_no_bias: Conv3dNoBias,
    conv3d_pointwise: Conv3dPointwise,
    conv3d_kernel_1x3x2: Conv3dKernel1x3x2,
    conv3d_stride_1x2x3: Conv3dStride1x2x3,
    conv3d_padding_1x0x2: Conv3dPadding1x0x2,
    conv3d_padding_few_taps: Conv3dPaddingFewTaps,
    conv3d_dilation2: Conv3dDilation2,
    conv3d_groups2: Conv3dGroups2,
    conv3d_depthwise: Conv3dDepthwise,
    conv3d_stride2_same: Conv3dStride2Same,
    conv3d_every_option: Conv3dEveryOption,
    conv3d_whole_input: Conv3dWholeInput,
}
