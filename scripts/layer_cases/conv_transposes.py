"""Transposed convolutions, with every option."""

from torch import nn

from layer_cases import case


def declare() -> None:
    case("conv_transpose1d", (3, 7), nn.ConvTranspose1d(3, 4, 3))
    case("conv_transpose1d_no_bias", (3, 7), nn.ConvTranspose1d(3, 4, 3, bias=False))
    case("conv_transpose1d_pointwise", (5, 7), nn.ConvTranspose1d(5, 3, 1))
    case("conv_transpose1d_stride2", (3, 19), nn.ConvTranspose1d(3, 4, 4, stride=2, padding=1))
    case("conv_transpose1d_stride_beyond_kernel", (2, 4), nn.ConvTranspose1d(2, 3, 2, stride=5))
    case("conv_transpose1d_stride_beyond_kernel_no_bias", (2, 4), nn.ConvTranspose1d(2, 3, 2, stride=5, bias=False))
    case("conv_transpose1d_output_padding", (2, 5), nn.ConvTranspose1d(2, 3, 3, stride=3, output_padding=2))
    case("conv_transpose1d_output_padding_below_dilation", (2, 5), nn.ConvTranspose1d(2, 3, 2, dilation=4, output_padding=3))
    case("conv_transpose1d_padding_beyond_kernel", (2, 9), nn.ConvTranspose1d(2, 3, 2, padding=4))
    case("conv_transpose1d_dilation3", (2, 6), nn.ConvTranspose1d(2, 3, 4, dilation=3))
    case("conv_transpose1d_groups2", (4, 5), nn.ConvTranspose1d(4, 6, 3, groups=2))
    case(
        "conv_transpose1d_every_option",
        (4, 9),
        nn.ConvTranspose1d(4, 6, 3, stride=4, padding=5, output_padding=3, groups=2, bias=False, dilation=6),
    )

    case("conv_transpose2d", (3, 4, 5), nn.ConvTranspose2d(3, 4, 3))
    case("conv_transpose2d_no_bias", (3, 4, 5), nn.ConvTranspose2d(3, 4, 3, bias=False))
    case("conv_transpose2d_from_one_element", (6, 1, 1), nn.ConvTranspose2d(6, 4, 4, bias=False))
    case("conv_transpose2d_doubling", (4, 5, 9), nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1, bias=False))
    case("conv_transpose2d_doubling_by_2", (4, 3, 5), nn.ConvTranspose2d(4, 2, 2, stride=2))
    case("conv_transpose2d_many_channels", (17, 3, 4), nn.ConvTranspose2d(17, 19, 3, stride=2, padding=1, output_padding=1))
    case("conv_transpose2d_kernel_1x5", (2, 4, 3), nn.ConvTranspose2d(2, 3, (1, 5)))
    case("conv_transpose2d_stride_3x1", (2, 3, 5), nn.ConvTranspose2d(2, 3, (4, 3), stride=(3, 1)))
    case("conv_transpose2d_padding_2x0", (2, 4, 3), nn.ConvTranspose2d(2, 3, (5, 3), padding=(2, 0)))
    case("conv_transpose2d_output_padding_2x0", (2, 3, 4), nn.ConvTranspose2d(2, 3, 3, stride=(3, 2), output_padding=(2, 0)))
    case("conv_transpose2d_dilation_2x3", (2, 5, 10), nn.ConvTranspose2d(2, 3, (2, 3), stride=(2, 1), dilation=(2, 3)))
    case("conv_transpose2d_depthwise", (5, 4, 3), nn.ConvTranspose2d(5, 5, 3, stride=2, padding=1, groups=5))
    case("conv_transpose2d_groups2", (6, 3, 4), nn.ConvTranspose2d(6, 4, 3, groups=2))
    case(
        "conv_transpose2d_every_option",
        (4, 5, 12),
        nn.ConvTranspose2d(
            4, 6, (3, 2), stride=(2, 3), padding=(3, 1), output_padding=(1, 3), groups=2, bias=False, dilation=(1, 4)
        ),
    )
    case(
        "conv_transpose2d_batch_norm",
        (4, 3, 5),
        nn.ConvTranspose2d(4, 6, 4, stride=2, padding=1, groups=2),
        nn.BatchNorm2d(6),
        nn.ReLU(),
    )

    case("conv_transpose3d", (2, 2, 3, 4), nn.ConvTranspose3d(2, 3, 2))
    case("conv_transpose3d_stride_1x2x3", (2, 2, 3, 2), nn.ConvTranspose3d(2, 2, (1, 3, 2), stride=(1, 2, 3)))
    case(
        "conv_transpose3d_every_option",
        (4, 3, 2, 3),
        nn.ConvTranspose3d(
            4, 2, (2, 3, 2), stride=(2, 1, 3), padding=(1, 0, 2), output_padding=(1, 1, 2), groups=2, dilation=(1, 2, 2)
        ),
    )
