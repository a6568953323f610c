//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn Averagepool1dDefault(x: Tensor<3, 32>) -> Tensor<3, 31> {
    x.avg_pool1d(2, stride = 1)
}

#[network]
fn Averagepool2dCeil(x: Tensor<1, 4, 4>) -> Tensor<1, 2, 2> {
    x.avg_pool2d(3, stride = 2, ceil_mode = true)
}

#[network]
fn Averagepool2dCeilLastWindowStartsOnPad(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 1> {
    x.avg_pool2d(3, padding = 1, ceil_mode = true)
}

#[network]
fn Averagepool2dDefault(x: Tensor<3, 32, 32>) -> Tensor<3, 31, 31> {
    x.avg_pool2d(2, stride = 1)
}

#[network]
fn Averagepool2dPrecomputedPads(x: Tensor<1, 5, 5>) -> Tensor<1, 5, 5> {
    x.avg_pool2d(5, stride = 1, padding = 2, count_include_pad = false)
}

#[network]
fn Averagepool2dPrecomputedPadsCountIncludePad(x: Tensor<1, 5, 5>) -> Tensor<1, 5, 5> {
    x.avg_pool2d(5, stride = 1, padding = 2)
}

#[network]
fn Averagepool2dPrecomputedSameUpper(x: Tensor<1, 5, 5>) -> Tensor<1, 3, 3> {
    x.avg_pool2d(3, stride = 2, padding = Same, count_include_pad = false)
}

#[network]
fn Averagepool2dPrecomputedStrides(x: Tensor<1, 5, 5>) -> Tensor<1, 2, 2> {
    x.avg_pool2d(2)
}

#[network]
fn Averagepool2dSameUpper(x: Tensor<3, 32, 32>) -> Tensor<3, 32, 32> {
    x.avg_pool2d(2, stride = 1, padding = Same, count_include_pad = false)
}

#[network]
fn Averagepool2dStrides(x: Tensor<3, 32, 32>) -> Tensor<3, 10, 10> {
    x.avg_pool2d(5, stride = 3)
}

#[network]
fn BasicConvWithPadding(x: Tensor<1, 5, 5>) -> Tensor<1, 5, 5> {
    x.conv2d(1, 3, padding = 1, bias = false, name = "layer0")
}

#[network]
fn BasicConvWithoutPadding(x: Tensor<1, 5, 5>) -> Tensor<1, 3, 3> {
    x.conv2d(1, 3, bias = false, name = "layer0")
}

#[network]
fn ConvWithAutopadSame(x: Tensor<1, 5, 5>) -> Tensor<1, 3, 3> {
    x.conv2d(1, 3, stride = 2, padding = 1, bias = false, name = "layer0")
}

#[network]
fn ConvWithStridesAndAsymmetricPadding(x: Tensor<1, 7, 5>) -> Tensor<1, 4, 2> {
    x.conv2d(1, 3, stride = 2, padding = [1, 0], bias = false, name = "layer0")
}

#[network]
fn ConvWithStridesNoPadding(x: Tensor<1, 7, 5>) -> Tensor<1, 3, 2> {
    x.conv2d(1, 3, stride = 2, bias = false, name = "layer0")
}

#[network]
fn ConvWithStridesPadding(x: Tensor<1, 7, 5>) -> Tensor<1, 4, 3> {
    x.conv2d(1, 3, stride = 2, padding = 1, bias = false, name = "layer0")
}

#[network]
fn Globalaveragepool(x: Tensor<3, 5, 5>) -> Tensor<3, 1, 1> {
    x.global_avg_pool()
}

#[network]
fn GlobalaveragepoolPrecomputed(x: Tensor<1, 3, 3>) -> Tensor<1, 1, 1> {
    x.global_avg_pool()
}

#[network]
fn Globalmaxpool(x: Tensor<3, 5, 5>) -> Tensor<3, 1, 1> {
    x.max_pool2d(5)
}

#[network]
fn GlobalmaxpoolPrecomputed(x: Tensor<1, 3, 3>) -> Tensor<1, 1, 1> {
    x.max_pool2d(3)
}

#[network]
fn Maxpool1dDefault(x: Tensor<3, 32>) -> Tensor<3, 31> {
    x.max_pool1d(2, stride = 1)
}

#[network]
fn Maxpool2dCeil(x: Tensor<1, 4, 4>) -> Tensor<1, 2, 2> {
    x.max_pool2d(3, stride = 2, ceil_mode = true)
}

#[network]
fn Maxpool2dCeilOutputSizeReduceByOne(x: Tensor<1, 2, 2>) -> Tensor<1, 1, 1> {
    x.max_pool2d(1, stride = 2, ceil_mode = true)
}

#[network]
fn Maxpool2dDefault(x: Tensor<3, 32, 32>) -> Tensor<3, 31, 31> {
    x.max_pool2d(2, stride = 1)
}

#[network]
fn Maxpool2dDilations(x: Tensor<1, 4, 4>) -> Tensor<1, 2, 2> {
    x.max_pool2d(2, stride = 1, dilation = 2)
}

#[network]
fn Maxpool2dPrecomputedPads(x: Tensor<1, 5, 5>) -> Tensor<1, 5, 5> {
    x.max_pool2d(5, stride = 1, padding = 2)
}

#[network]
fn Maxpool2dPrecomputedSameUpper(x: Tensor<1, 5, 5>) -> Tensor<1, 3, 3> {
    x.max_pool2d(3, stride = 2, padding = Same)
}

#[network]
fn Maxpool2dPrecomputedStrides(x: Tensor<1, 5, 5>) -> Tensor<1, 2, 2> {
    x.max_pool2d(2)
}

#[network]
fn Maxpool2dSameUpper(x: Tensor<3, 32, 32>) -> Tensor<3, 32, 32> {
    x.max_pool2d(2, stride = 1, padding = Same)
}

#[network]
fn Maxpool2dStrides(x: Tensor<3, 32, 32>) -> Tensor<3, 10, 10> {
    x.max_pool2d(5, stride = 3)
}

#[network]
fn Maxpool3dDilations(x: Tensor<1, 4, 4, 4>) -> Tensor<1, 2, 2, 2> {
    x.max_pool3d(2, stride = 1, dilation = 2)
}

#[network]
fn Maxpool3dDilationsUseRefImpl(x: Tensor<1, 4, 4, 4>) -> Tensor<1, 2, 2, 2> {
    x.max_pool3d(2, stride = 1, dilation = 2)
}

cases! {
    "node";
    averagepool_1d_default: Averagepool1dDefault,
    averagepool_2d_ceil: Averagepool2dCeil,
    averagepool_2d_ceil_last_window_starts_on_pad: Averagepool2dCeilLastWindowStartsOnPad,
    averagepool_2d_default: Averagepool2dDefault,
    averagepool_2d_precomputed_pads: Averagepool2dPrecomputedPads,
    averagepool_2d_precomputed_pads_count_include_pad: Averagepool2dPrecomputedPadsCountIncludePad,
    averagepool_2d_precomputed_same_upper: Averagepool2dPrecomputedSameUpper,
    averagepool_2d_precomputed_strides: Averagepool2dPrecomputedStrides,
    averagepool_2d_same_upper: Averagepool2dSameUpper,
    averagepool_2d_strides: Averagepool2dStrides,
    basic_conv_with_padding: BasicConvWithPadding,
    basic_conv_without_padding: BasicConvWithoutPadding,
    conv_with_autopad_same: ConvWithAutopadSame,
    conv_with_strides_and_asymmetric_padding: ConvWithStridesAndAsymmetricPadding,
    conv_with_strides_no_padding: ConvWithStridesNoPadding,
    conv_with_strides_padding: ConvWithStridesPadding,
    globalaveragepool: Globalaveragepool,
    globalaveragepool_precomputed: GlobalaveragepoolPrecomputed,
    globalmaxpool: Globalmaxpool,
    globalmaxpool_precomputed: GlobalmaxpoolPrecomputed,
    maxpool_1d_default: Maxpool1dDefault,
    maxpool_2d_ceil: Maxpool2dCeil,
    maxpool_2d_ceil_output_size_reduce_by_one: Maxpool2dCeilOutputSizeReduceByOne,
    maxpool_2d_default: Maxpool2dDefault,
    maxpool_2d_dilations: Maxpool2dDilations,
    maxpool_2d_precomputed_pads: Maxpool2dPrecomputedPads,
    maxpool_2d_precomputed_same_upper: Maxpool2dPrecomputedSameUpper,
    maxpool_2d_precomputed_strides: Maxpool2dPrecomputedStrides,
    maxpool_2d_same_upper: Maxpool2dSameUpper,
    maxpool_2d_strides: Maxpool2dStrides,
    maxpool_3d_dilations: Maxpool3dDilations,
    maxpool_3d_dilations_use_ref_impl: Maxpool3dDilationsUseRefImpl,
}
