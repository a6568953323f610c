"""Layers that change the extents of an image, or move its elements between channels and positions."""

from torch import nn

from layer_cases import case, graph


def declare() -> None:
    case("pad1d", (3, 5), nn.ZeroPad1d(2))
    case("pad2d", (2, 3, 4), nn.ZeroPad2d(1))
    case("pad2d_after", (2, 3, 4), nn.ZeroPad2d((0, 1, 0, 1)))
    case("pad2d_value", (2, 3, 4), nn.ConstantPad2d((3, 0, 1, 2), -1.5))
    case("pad2d_conv2d", (2, 5, 6), nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(2, 3, 3, stride=2))
    case("pad3d", (2, 3, 2, 4), nn.ConstantPad3d((1, 2, 0, 3, 2, 1), 0.5))
    case("pad1d_reflect", (3, 5), nn.ReflectionPad1d((4, 3)))
    case("pad2d_reflect", (2, 3, 5), nn.ReflectionPad2d((4, 1, 2, 2)))
    case("pad3d_reflect", (2, 3, 2, 4), nn.ReflectionPad3d((3, 0, 1, 1, 2, 1)))
    case("pad1d_replicate", (3, 5), nn.ReplicationPad1d((2, 7)))
    case("pad2d_replicate", (2, 3, 4), nn.ReplicationPad2d(5))
    case("pad3d_replicate", (2, 3, 1, 4), nn.ReplicationPad3d((1, 2, 0, 3, 2, 1)))

    case("pad1d_circular", (3, 5), nn.CircularPad1d((5, 2)))
    case("pad2d_circular", (2, 3, 4), nn.CircularPad2d((1, 4, 3, 0)))
    case("pad3d_circular", (2, 3, 2, 4), nn.CircularPad3d((3, 0, 1, 1, 2, 1)))
    for mode in ("circular", "reflect", "replicate"):
        conv = nn.Conv2d(2, 3, 3, padding=1, padding_mode=mode)
        graph(f"conv2d_{mode}", (2, 4, 5), {1: conv}, lambda net, x: net[1](x))

    case("upsample1d", (3, 5), nn.Upsample(scale_factor=3))
    case("upsample1d_size", (3, 5), nn.Upsample(size=13))
    case("upsample1d_linear", (3, 5), nn.Upsample(scale_factor=2, mode="linear"))
    case("upsample1d_linear_down", (3, 11), nn.Upsample(size=4, mode="linear"))
    case("upsample1d_linear_align_corners", (3, 5), nn.Upsample(size=13, mode="linear", align_corners=True))
    case("upsample2d", (2, 3, 5), nn.Upsample(scale_factor=2))
    case("upsample2d_scale_3x2", (2, 3, 5), nn.Upsample(scale_factor=(3, 2)))
    case("upsample2d_size", (2, 3, 7), nn.Upsample(size=(8, 4)))
    case("upsample2d_bilinear", (2, 3, 5), nn.Upsample(scale_factor=2, mode="bilinear"))
    case("upsample2d_bilinear_scale_1x4", (2, 3, 5), nn.Upsample(scale_factor=(1, 4), mode="bilinear"))
    case("upsample2d_bilinear_size", (2, 4, 5), nn.Upsample(size=(7, 13), mode="bilinear"))
    case("upsample2d_bilinear_down", (2, 9, 8), nn.Upsample(size=(4, 3), mode="bilinear"))
    case("upsample2d_bilinear_one", (2, 1, 6), nn.Upsample(size=(5, 1), mode="bilinear"))
    case("upsample2d_bilinear_align_corners", (2, 3, 5), nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True))
    case("upsample2d_bilinear_align_corners_size", (2, 4, 9), nn.Upsample(size=(7, 4), mode="bilinear", align_corners=True))
    case("upsample2d_bilinear_align_corners_one", (2, 4, 5), nn.Upsample(size=(1, 9), mode="bilinear", align_corners=True))
    case("upsample2d_bicubic", (2, 3, 5), nn.Upsample(scale_factor=2, mode="bicubic"))
    case("upsample2d_bicubic_size", (2, 4, 5), nn.Upsample(size=(7, 13), mode="bicubic"))
    case("upsample2d_bicubic_down", (2, 9, 8), nn.Upsample(size=(4, 3), mode="bicubic"))
    case("upsample2d_bicubic_one", (2, 1, 6), nn.Upsample(size=(5, 1), mode="bicubic"))
    case("upsample2d_bicubic_align_corners", (2, 4, 9), nn.Upsample(size=(7, 4), mode="bicubic", align_corners=True))
    case("upsample3d", (2, 2, 3, 4), nn.Upsample(scale_factor=2))
    case("upsample3d_size", (2, 2, 3, 5), nn.Upsample(size=(5, 3, 8)))

    case("upsample3d_trilinear", (2, 2, 3, 4), nn.Upsample(scale_factor=2, mode="trilinear"))
    case("upsample3d_trilinear_size", (2, 3, 4, 5), nn.Upsample(size=(5, 2, 9), mode="trilinear"))
    case("upsample3d_trilinear_align_corners", (2, 2, 3, 4), nn.Upsample(size=(3, 5, 4), mode="trilinear", align_corners=True))

    case("pixel_shuffle", (8, 3, 5), nn.PixelShuffle(2))
    case("pixel_shuffle_3", (18, 2, 3), nn.PixelShuffle(3))
    case("pixel_unshuffle", (2, 6, 4), nn.PixelUnshuffle(2))
    case("pixel_unshuffle_3", (2, 3, 9), nn.PixelUnshuffle(3))
    case("channel_shuffle", (6, 2, 3), nn.ChannelShuffle(2))
    case("channel_shuffle_3", (12, 3, 2), nn.ChannelShuffle(3))
