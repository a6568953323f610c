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
fn Convtranspose(x: Tensor<1, 3, 3>) -> Tensor<2, 5, 5> {
    x.conv_transpose2d(2, 3, bias = false, name = "layer0")
}

#[network]
fn Convtranspose1d(x: Tensor<1, 3>) -> Tensor<2, 5> {
    x.conv_transpose1d(2, 3, bias = false, name = "layer0")
}

#[network]
fn Convtranspose3d(x: Tensor<1, 3, 4, 5>) -> Tensor<2, 5, 6, 7> {
    x.conv_transpose3d(2, 3, bias = false, name = "layer0")
}

#[network]
fn ConvtransposeDilations(x: Tensor<1, 3, 3>) -> Tensor<1, 5, 5> {
    x.conv_transpose2d(1, 2, dilation = 2, bias = false, name = "layer0")
}

#[network]
fn ConvtransposeGroup2(x: Tensor<2, 3, 3>) -> Tensor<2, 5, 5> {
    x.conv_transpose2d(2, 3, groups = 2, bias = false, name = "layer0")
}

#[network]
fn ConvtransposeGroup2Image3(x: Tensor<2, 3, 3>) -> Tensor<2, 5, 5> {
    x.conv_transpose2d(2, 3, groups = 2, bias = false, name = "layer0")
}

#[network]
fn ConvtransposeKernelShape(x: Tensor<1, 3, 3>) -> Tensor<2, 10, 8> {
    x.conv_transpose2d(2, 3, stride = [3, 2], output_padding = 1, bias = false, name = "layer0")
}

#[network]
fn ConvtransposeOutputShape(x: Tensor<1, 3, 3>) -> Tensor<2, 10, 8> {
    x.conv_transpose2d(2, 3, stride = [3, 2], output_padding = 1, bias = false, name = "layer0")
}

#[network]
fn ConvtransposePad(x: Tensor<1, 3, 3>) -> Tensor<2, 10, 8> {
    x.conv_transpose2d(2, 3, stride = [3, 2], output_padding = 1, bias = false, name = "layer0")
}

#[network]
fn ConvtransposePads(x: Tensor<1, 3, 3>) -> Tensor<2, 7, 3> {
    x.conv_transpose2d(2, 3, stride = [3, 2], padding = [1, 2], bias = false, name = "layer0")
}

#[network]
fn DepthtospaceCrdModeExample(x: Tensor<8, 2, 3>) -> Tensor<2, 4, 6> {
    x.pixel_shuffle(2)
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

#[network]
fn ResizeDownsampleSizesCubic(x: Tensor<1, 4, 4>) -> Tensor<1, 3, 3> {
    x.upsample2d(size = 3, mode = Bicubic)
}

#[network]
fn ResizeUpsampleScalesCubic(x: Tensor<1, 4, 4>) -> Tensor<1, 8, 8> {
    x.upsample2d(size = 8, mode = Bicubic)
}

#[network]
fn ResizeUpsampleScalesCubicAlignCorners(x: Tensor<1, 4, 4>) -> Tensor<1, 8, 8> {
    x.upsample2d(size = 8, mode = Bicubic, align_corners = true)
}

#[network]
fn ResizeUpsampleScalesLinear(x: Tensor<1, 2, 2>) -> Tensor<1, 4, 4> {
    x.upsample2d(size = 4, mode = Bilinear)
}

#[network]
fn ResizeUpsampleScalesLinearAlignCorners(x: Tensor<1, 2, 2>) -> Tensor<1, 4, 4> {
    x.upsample2d(size = 4, mode = Bilinear, align_corners = true)
}

#[network]
fn ResizeUpsampleSizesCubic(x: Tensor<1, 4, 4>) -> Tensor<1, 9, 10> {
    x.upsample2d(size = [9, 10], mode = Bicubic)
}

#[network]
fn SpacetodepthExample(x: Tensor<1, 4, 6>) -> Tensor<4, 2, 3> {
    x.pixel_unshuffle(2)
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
    convtranspose: Convtranspose,
    convtranspose_1d: Convtranspose1d,
    convtranspose_3d: Convtranspose3d,
    convtranspose_dilations: ConvtransposeDilations,
    convtranspose_group_2: ConvtransposeGroup2,
    convtranspose_group_2_image_3: ConvtransposeGroup2Image3,
    convtranspose_kernel_shape: ConvtransposeKernelShape,
    convtranspose_output_shape: ConvtransposeOutputShape,
    convtranspose_pad: ConvtransposePad,
    convtranspose_pads: ConvtransposePads,
    depthtospace_crd_mode_example: DepthtospaceCrdModeExample,
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
    resize_downsample_sizes_cubic: ResizeDownsampleSizesCubic,
    resize_upsample_scales_cubic: ResizeUpsampleScalesCubic,
    resize_upsample_scales_cubic_align_corners: ResizeUpsampleScalesCubicAlignCorners,
    resize_upsample_scales_linear: ResizeUpsampleScalesLinear,
    resize_upsample_scales_linear_align_corners: ResizeUpsampleScalesLinearAlignCorners,
    resize_upsample_sizes_cubic: ResizeUpsampleSizesCubic,
    spacetodepth_example: SpacetodepthExample,
}
