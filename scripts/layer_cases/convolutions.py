"""Convolutions, with every option."""

from torch import nn

from layer_cases import case, same


def declare() -> None:
    case("conv1d", (3, 11), nn.Conv1d(3, 4, 3))
    case("conv1d_no_bias", (3, 11), nn.Conv1d(3, 4, 3, bias=False))
    case("conv1d_pointwise", (5, 7), nn.Conv1d(5, 3, 1))
    case("conv1d_stride2", (3, 11), nn.Conv1d(3, 4, 4, stride=2))
    case("conv1d_stride_beyond_kernel", (2, 14), nn.Conv1d(2, 3, 2, stride=5))
    case("conv1d_padding", (3, 9), nn.Conv1d(3, 4, 3, padding=1))
    case("conv1d_padding_few_taps", (2, 3), nn.Conv1d(2, 3, 5, padding=4))
    case("conv1d_padding_beyond_kernel", (2, 5), nn.Conv1d(2, 3, 3, padding=4))
    case("conv1d_dilation3", (2, 13), nn.Conv1d(2, 3, 4, dilation=3))
    case("conv1d_groups2", (4, 9), nn.Conv1d(4, 6, 3, groups=2))
    case("conv1d_depthwise", (5, 9), nn.Conv1d(5, 5, 3, padding=1, groups=5))
    case("conv1d_same", (3, 8), same(nn.Conv1d(3, 4, 4)))
    case("conv1d_stride3_same", (3, 11), same(nn.Conv1d(3, 4, 5, stride=3)))
    case("conv1d_dilation2_same", (2, 10), same(nn.Conv1d(2, 3, 3, stride=2, dilation=2)))
    case(
        "conv1d_every_option",
        (4, 23),
        nn.Conv1d(4, 6, 3, stride=2, padding=3, dilation=4, groups=2, bias=False),
    )
    case("conv1d_whole_input", (3, 7), nn.Conv1d(3, 4, 7))

    case("conv2d", (3, 7, 6), nn.Conv2d(3, 4, 3))
    case("conv2d_no_bias", (3, 7, 6), nn.Conv2d(3, 4, 3, bias=False))
    case("conv2d_one_channel", (1, 5, 5), nn.Conv2d(1, 1, 2))
    case("conv2d_many_channels", (17, 5, 7), nn.Conv2d(17, 19, 3, padding=1))
    case("conv2d_pointwise", (5, 3, 7), nn.Conv2d(5, 9, 1))
    case("conv2d_pointwise_stride2", (5, 5, 4), nn.Conv2d(5, 3, 1, stride=2, bias=False))
    case("conv2d_pointwise_padding", (2, 3, 4), nn.Conv2d(2, 3, 1, padding=1))
    case("conv2d_kernel_1x5", (2, 4, 9), nn.Conv2d(2, 3, (1, 5)))
    case("conv2d_kernel_4x3", (2, 9, 7), nn.Conv2d(2, 3, (4, 3)))
    case("conv2d_stride2", (3, 9, 8), nn.Conv2d(3, 4, 3, stride=2))
    case("conv2d_stride_3x1", (2, 10, 5), nn.Conv2d(2, 3, 3, stride=(3, 1)))
    case("conv2d_stride_beyond_kernel", (2, 9, 11), nn.Conv2d(2, 3, 2, stride=4))
    case("conv2d_padding", (3, 5, 6), nn.Conv2d(3, 4, 3, padding=1))
    case("conv2d_padding_2x0", (2, 4, 7), nn.Conv2d(2, 3, (5, 3), padding=(2, 0)))
    case("conv2d_padding_stride2", (3, 7, 7), nn.Conv2d(3, 4, 3, stride=2, padding=1))
    case("conv2d_padding_few_taps", (2, 3, 2), nn.Conv2d(2, 3, 3, padding=2))
    case("conv2d_padding_beyond_kernel", (2, 3, 4), nn.Conv2d(2, 3, 3, padding=4))
    case("conv2d_padding_beyond_kernel_no_bias", (2, 2, 2), nn.Conv2d(2, 3, 2, padding=3, bias=False))
    case("conv2d_kernel_beyond_input", (2, 3, 3), nn.Conv2d(2, 3, 5, padding=1))
    case("conv2d_dilation2", (2, 8, 9), nn.Conv2d(2, 3, 3, dilation=2))
    case("conv2d_dilation_1x3", (2, 5, 10), nn.Conv2d(2, 3, (2, 3), dilation=(1, 3)))
    case("conv2d_dilation2_padding2", (3, 6, 5), nn.Conv2d(3, 4, 3, padding=2, dilation=2))
    case("conv2d_groups2", (4, 6, 5), nn.Conv2d(4, 6, 3, groups=2))
    case("conv2d_groups3_no_bias", (6, 5, 5), nn.Conv2d(6, 3, 3, padding=1, groups=3, bias=False))
    case("conv2d_depthwise", (5, 6, 7), nn.Conv2d(5, 5, 3, padding=1, groups=5, bias=False))
    case("conv2d_depthwise_stride2", (4, 7, 8), nn.Conv2d(4, 4, 3, stride=2, padding=1, groups=4))
    case("conv2d_depthwise_multiplier2", (3, 5, 6), nn.Conv2d(3, 6, 3, padding=1, groups=3))
    case("conv2d_depthwise_same", (3, 6, 5), same(nn.Conv2d(3, 3, (2, 4), stride=2, groups=3)))
    case("conv2d_depthwise_kernel5_dilation", (3, 9, 10), nn.Conv2d(3, 3, 5, padding=4, dilation=(2, 1), groups=3))
    case("conv2d_depthwise_many_channels", (35, 5, 6), nn.Conv2d(35, 35, 3, padding=1, groups=35))
    case("conv2d_pointwise_groups2", (6, 3, 5), nn.Conv2d(6, 8, 1, groups=2))
    case("conv2d_pointwise_many_channels", (37, 3, 11), nn.Conv2d(37, 35, 1))
    case("conv2d_groups_of_many_channels", (32, 4, 5), nn.Conv2d(32, 34, 3, padding=1, groups=2))
    case("conv2d_same", (2, 5, 6), same(nn.Conv2d(2, 3, 3)))
    case("conv2d_same_even_kernel", (2, 5, 6), same(nn.Conv2d(2, 3, (2, 4))))
    case("conv2d_stride2_same", (3, 9, 7), same(nn.Conv2d(3, 4, 3, stride=2)))
    case("conv2d_stride2_same_even_size", (3, 8, 6), same(nn.Conv2d(3, 4, 3, stride=2)))
    case("conv2d_stride_3x2_same", (2, 10, 7), same(nn.Conv2d(2, 3, (4, 5), stride=(3, 2))))
    case("conv2d_same_stride_beyond_kernel", (2, 8, 9), same(nn.Conv2d(2, 3, 2, stride=3)))
    case("conv2d_dilation_same", (2, 7, 8), same(nn.Conv2d(2, 3, 3, stride=(2, 1), dilation=(2, 3))))
    case("conv2d_keyword_spotting_stem", (1, 49, 10), same(nn.Conv2d(1, 4, (10, 4), stride=2, bias=False)))
    case("conv2d_whole_input", (3, 4, 5), nn.Conv2d(3, 6, (4, 5)))
    case(
        "conv2d_every_option",
        (4, 11, 12),
        nn.Conv2d(4, 6, (3, 2), stride=(2, 3), padding=(3, 1), dilation=(2, 4), groups=2, bias=False),
    )
    case("conv2d_two_layers", (2, 7, 7), nn.Conv2d(2, 4, 3), nn.Conv2d(4, 3, 3, stride=2))

    case("conv3d", (2, 4, 5, 6), nn.Conv3d(2, 3, 3))
    case("conv3d_no_bias", (2, 3, 4, 3), nn.Conv3d(2, 3, 2, bias=False))
    case("conv3d_pointwise", (4, 2, 3, 3), nn.Conv3d(4, 3, 1))
    case("conv3d_kernel_1x3x2", (2, 3, 5, 4), nn.Conv3d(2, 3, (1, 3, 2)))
    case("conv3d_stride_1x2x3", (2, 4, 5, 7), nn.Conv3d(2, 2, 2, stride=(1, 2, 3)))
    case("conv3d_padding_1x0x2", (2, 3, 4, 3), nn.Conv3d(2, 2, 3, padding=(1, 0, 2)))
    case("conv3d_padding_few_taps", (2, 2, 1, 2), nn.Conv3d(2, 2, 3, padding=2))
    case("conv3d_dilation2", (2, 5, 4, 5), nn.Conv3d(2, 2, 2, dilation=2))
    case("conv3d_groups2", (4, 3, 3, 4), nn.Conv3d(4, 4, 2, groups=2))
    case("conv3d_depthwise", (3, 3, 4, 3), nn.Conv3d(3, 3, 3, padding=1, groups=3, bias=False))
    case("conv3d_stride2_same", (2, 4, 5, 3), same(nn.Conv3d(2, 2, (2, 3, 4), stride=2)))
    case(
        "conv3d_every_option",
        (4, 6, 7, 9),
        nn.Conv3d(4, 6, (2, 3, 2), (2, 1, 3), (1, 2, 0), (1, 2, 3), groups=2, bias=False),
    )
    case("conv3d_whole_input", (2, 2, 3, 4), nn.Conv3d(2, 3, (2, 3, 4)))
