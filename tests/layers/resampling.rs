//! Layers that change the extents of an image, or move its elements between channels and positions.

use super::*;

#[network]
fn Pad1d(x: Tensor<3, 5>) -> Tensor<3, 9> {
    x.pad1d(2)
}

#[network]
fn Pad2d(x: Tensor<2, 3, 4>) -> Tensor<2, 5, 6> {
    x.pad2d(1)
}

#[network]
fn Pad2dAfter(x: Tensor<2, 3, 4>) -> Tensor<2, 4, 5> {
    x.pad2d(0, after = 1)
}

#[network]
fn Pad2dValue(x: Tensor<2, 3, 4>) -> Tensor<2, 6, 7> {
    x.pad2d([1, 3], after = [2, 0], mode = PadMode::Constant, value = -1.5)
}

#[network]
fn Pad2dConv2d(x: Tensor<2, 5, 6>) -> Tensor<3, 2, 3> {
    x.pad2d(0, after = 1).conv2d(3, 3, stride = 2)
}

#[network]
fn Pad3d(x: Tensor<2, 3, 2, 4>) -> Tensor<2, 6, 5, 7> {
    x.pad3d([2, 0, 1], after = [1, 3, 2], value = 0.5)
}

#[network]
fn Pad1dReflect(x: Tensor<3, 5>) -> Tensor<3, 12> {
    x.pad1d(4, after = 3, mode = Reflect)
}

#[network]
fn Pad2dReflect(x: Tensor<2, 3, 5>) -> Tensor<2, 7, 10> {
    x.pad2d([2, 4], after = [2, 1], mode = Reflect)
}

#[network]
fn Pad3dReflect(x: Tensor<2, 3, 2, 4>) -> Tensor<2, 6, 4, 7> {
    x.pad3d([2, 1, 3], after = [1, 1, 0], mode = Reflect)
}

#[network]
fn Pad1dReplicate(x: Tensor<3, 5>) -> Tensor<3, 14> {
    x.pad1d(2, after = 7, mode = Replicate)
}

#[network]
fn Pad2dReplicate(x: Tensor<2, 3, 4>) -> Tensor<2, 13, 14> {
    x.pad2d(5, mode = Replicate)
}

#[network]
fn Pad3dReplicate(x: Tensor<2, 3, 1, 4>) -> Tensor<2, 6, 4, 7> {
    x.pad3d([2, 0, 1], after = [1, 3, 2], mode = Replicate)
}

#[network]
fn Upsample1d(x: Tensor<3, 5>) -> Tensor<3, 15> {
    x.upsample1d(scale_factor = 3)
}

#[network]
fn Upsample1dSize(x: Tensor<3, 5>) -> Tensor<3, 13> {
    x.upsample1d(size = 13)
}

#[network]
fn Upsample2d(x: Tensor<2, 3, 5>) -> Tensor<2, 6, 10> {
    x.upsample2d(scale_factor = 2)
}

#[network]
fn Upsample2dScale3x2(x: Tensor<2, 3, 5>) -> Tensor<2, 9, 10> {
    x.upsample2d(scale_factor = [3, 2], mode = Nearest)
}

#[network]
fn Upsample2dSize(x: Tensor<2, 3, 7>) -> Tensor<2, 8, 4> {
    x.upsample2d(size = [8, 4])
}

#[network]
fn Upsample2dBilinear(x: Tensor<2, 3, 5>) -> Tensor<2, 6, 10> {
    x.upsample2d(scale_factor = 2, mode = Bilinear)
}

#[network]
fn Upsample2dBilinearScale1x4(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 20> {
    x.upsample2d(scale_factor = [1, 4], mode = Bilinear)
}

#[network]
fn Upsample2dBilinearSize(x: Tensor<2, 4, 5>) -> Tensor<2, 7, 13> {
    x.upsample2d(size = [7, 13], mode = Bilinear)
}

#[network]
fn Upsample2dBilinearDown(x: Tensor<2, 9, 8>) -> Tensor<2, 4, 3> {
    x.upsample2d(size = [4, 3], mode = Bilinear)
}

#[network]
fn Upsample2dBilinearOne(x: Tensor<2, 1, 6>) -> Tensor<2, 5, 1> {
    x.upsample2d(size = [5, 1], mode = Bilinear)
}

#[network]
fn Upsample2dBilinearAlignCorners(x: Tensor<2, 3, 5>) -> Tensor<2, 6, 10> {
    x.upsample2d(scale_factor = 2, mode = Bilinear, align_corners = true)
}

#[network]
fn Upsample2dBilinearAlignCornersSize(x: Tensor<2, 4, 9>) -> Tensor<2, 7, 4> {
    x.upsample2d(size = [7, 4], mode = Bilinear, align_corners = true)
}

#[network]
fn Upsample2dBilinearAlignCornersOne(x: Tensor<2, 4, 5>) -> Tensor<2, 1, 9> {
    x.upsample2d(size = [1, 9], mode = Bilinear, align_corners = true)
}

#[network]
fn Upsample3d(x: Tensor<2, 2, 3, 4>) -> Tensor<2, 4, 6, 8> {
    x.upsample3d(scale_factor = 2)
}

#[network]
fn Upsample3dSize(x: Tensor<2, 2, 3, 5>) -> Tensor<2, 5, 3, 8> {
    x.upsample3d(size = [5, 3, 8])
}

#[network]
fn PixelShuffle(x: Tensor<8, 3, 5>) -> Tensor<2, 6, 10> {
    x.pixel_shuffle(2)
}

#[network]
fn PixelShuffle3(x: Tensor<18, 2, 3>) -> Tensor<2, 6, 9> {
    x.pixel_shuffle(upscale_factor = 3)
}

#[network]
fn PixelUnshuffle(x: Tensor<2, 6, 4>) -> Tensor<8, 3, 2> {
    x.pixel_unshuffle(2)
}

#[network]
fn PixelUnshuffle3(x: Tensor<2, 3, 9>) -> Tensor<18, 1, 3> {
    x.pixel_unshuffle(3)
}

#[network]
fn ChannelShuffle(x: Tensor<6, 2, 3>) -> Tensor<6, 2, 3> {
    x.channel_shuffle(2)
}

#[network]
fn ChannelShuffle3(x: Tensor<12, 3, 2>) -> Tensor<12, 3, 2> {
    x.channel_shuffle(groups = 3)
}

#[network]
fn Pad1dCircular(x: Tensor<3, 5>) -> Tensor<3, 12> {
    x.pad1d(5, after = 2, mode = Circular)
}

#[network]
fn Pad2dCircular(x: Tensor<2, 3, 4>) -> Tensor<2, 6, 9> {
    x.pad2d([3, 1], after = [0, 4], mode = Circular)
}

#[network]
fn Pad3dCircular(x: Tensor<2, 3, 2, 4>) -> Tensor<2, 6, 4, 7> {
    x.pad3d([2, 1, 3], after = [1, 1, 0], mode = Circular)
}

#[network]
fn Conv2dCircular(x: Tensor<2, 4, 5>) -> Tensor<3, 4, 5> {
    x.pad2d(1, mode = Circular).conv2d(3, 3)
}

#[network]
fn Conv2dReflect(x: Tensor<2, 4, 5>) -> Tensor<3, 4, 5> {
    x.pad2d(1, mode = Reflect).conv2d(3, 3)
}

#[network]
fn Conv2dReplicate(x: Tensor<2, 4, 5>) -> Tensor<3, 4, 5> {
    x.pad2d(1, mode = Replicate).conv2d(3, 3)
}

#[network]
fn Upsample1dLinear(x: Tensor<3, 5>) -> Tensor<3, 10> {
    x.upsample1d(scale_factor = 2, mode = Linear)
}

#[network]
fn Upsample1dLinearDown(x: Tensor<3, 11>) -> Tensor<3, 4> {
    x.upsample1d(size = 4, mode = Linear)
}

#[network]
fn Upsample1dLinearAlignCorners(x: Tensor<3, 5>) -> Tensor<3, 13> {
    x.upsample1d(size = 13, mode = Linear, align_corners = true)
}

#[network]
fn Upsample2dBicubic(x: Tensor<2, 3, 5>) -> Tensor<2, 6, 10> {
    x.upsample2d(scale_factor = 2, mode = Bicubic)
}

#[network]
fn Upsample2dBicubicSize(x: Tensor<2, 4, 5>) -> Tensor<2, 7, 13> {
    x.upsample2d(size = [7, 13], mode = Bicubic)
}

#[network]
fn Upsample2dBicubicDown(x: Tensor<2, 9, 8>) -> Tensor<2, 4, 3> {
    x.upsample2d(size = [4, 3], mode = Bicubic)
}

#[network]
fn Upsample2dBicubicOne(x: Tensor<2, 1, 6>) -> Tensor<2, 5, 1> {
    x.upsample2d(size = [5, 1], mode = Bicubic)
}

#[network]
fn Upsample2dBicubicAlignCorners(x: Tensor<2, 4, 9>) -> Tensor<2, 7, 4> {
    x.upsample2d(size = [7, 4], mode = Bicubic, align_corners = true)
}

#[network]
fn Upsample3dTrilinear(x: Tensor<2, 2, 3, 4>) -> Tensor<2, 4, 6, 8> {
    x.upsample3d(scale_factor = 2, mode = Trilinear)
}

#[network]
fn Upsample3dTrilinearSize(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 5, 2, 9> {
    x.upsample3d(size = [5, 2, 9], mode = Trilinear)
}

#[network]
fn Upsample3dTrilinearAlignCorners(x: Tensor<2, 2, 3, 4>) -> Tensor<2, 3, 5, 4> {
    x.upsample3d(size = [3, 5, 4], mode = Trilinear, align_corners = true)
}

cases! {
    pad1d: Pad1d,
    pad2d: Pad2d,
    pad2d_after: Pad2dAfter,
    pad2d_value: Pad2dValue,
    pad2d_conv2d: Pad2dConv2d,
    pad3d: Pad3d,
    pad1d_reflect: Pad1dReflect,
    pad2d_reflect: Pad2dReflect,
    pad3d_reflect: Pad3dReflect,
    pad1d_replicate: Pad1dReplicate,
    pad2d_replicate: Pad2dReplicate,
    pad3d_replicate: Pad3dReplicate,
    upsample1d: Upsample1d,
    upsample1d_size: Upsample1dSize,
    upsample2d: Upsample2d,
    upsample2d_scale_3x2: Upsample2dScale3x2,
    upsample2d_size: Upsample2dSize,
    upsample2d_bilinear: Upsample2dBilinear,
    upsample2d_bilinear_scale_1x4: Upsample2dBilinearScale1x4,
    upsample2d_bilinear_size: Upsample2dBilinearSize,
    upsample2d_bilinear_down: Upsample2dBilinearDown,
    upsample2d_bilinear_one: Upsample2dBilinearOne,
    upsample2d_bilinear_align_corners: Upsample2dBilinearAlignCorners,
    upsample2d_bilinear_align_corners_size: Upsample2dBilinearAlignCornersSize,
    upsample2d_bilinear_align_corners_one: Upsample2dBilinearAlignCornersOne,
    upsample3d: Upsample3d,
    upsample3d_size: Upsample3dSize,
    pixel_shuffle: PixelShuffle,
    pixel_shuffle_3: PixelShuffle3,
    pixel_unshuffle: PixelUnshuffle,
    pixel_unshuffle_3: PixelUnshuffle3,
    channel_shuffle: ChannelShuffle,
    channel_shuffle_3: ChannelShuffle3,
    pad1d_circular: Pad1dCircular,
    pad2d_circular: Pad2dCircular,
    pad3d_circular: Pad3dCircular,
    conv2d_circular: Conv2dCircular,
    conv2d_reflect: Conv2dReflect,
    conv2d_replicate: Conv2dReplicate,
    upsample1d_linear: Upsample1dLinear,
    upsample1d_linear_down: Upsample1dLinearDown,
    upsample1d_linear_align_corners: Upsample1dLinearAlignCorners,
    upsample2d_bicubic: Upsample2dBicubic,
    upsample2d_bicubic_size: Upsample2dBicubicSize,
    upsample2d_bicubic_down: Upsample2dBicubicDown,
    upsample2d_bicubic_one: Upsample2dBicubicOne,
    upsample2d_bicubic_align_corners: Upsample2dBicubicAlignCorners,
    upsample3d_trilinear: Upsample3dTrilinear,
    upsample3d_trilinear_size: Upsample3dTrilinearSize,
    upsample3d_trilinear_align_corners: Upsample3dTrilinearAlignCorners,
}
