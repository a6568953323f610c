"""Average pools, with every option."""

import torch
from torch import nn

from layer_cases import case, formula, same


def declare() -> None:
    case("avg_pool1d", (3, 9), nn.AvgPool1d(2))
    case("avg_pool1d_stride", (3, 10), nn.AvgPool1d(3, stride=2))
    case("avg_pool1d_padding", (3, 8), nn.AvgPool1d(3, padding=1))
    case("avg_pool1d_padding_not_counted", (3, 8), nn.AvgPool1d(3, padding=1, count_include_pad=False))
    case("avg_pool1d_ceil", (3, 8), nn.AvgPool1d(3, ceil_mode=True))
    case("avg_pool1d_ceil_padding", (2, 7), nn.AvgPool1d(4, stride=3, padding=1, ceil_mode=True))
    case(
        "avg_pool1d_ceil_padding_not_counted",
        (2, 7),
        nn.AvgPool1d(4, stride=3, padding=1, ceil_mode=True, count_include_pad=False),
    )
    case("avg_pool1d_ceil_last_window", (2, 5), nn.AvgPool1d(2, stride=3, padding=1, ceil_mode=True))

    case("avg_pool2d", (3, 6, 7), nn.AvgPool2d(2))
    case("avg_pool2d_kernel_1x3", (2, 4, 9), nn.AvgPool2d((1, 3)))
    case("avg_pool2d_stride_1x2", (3, 6, 7), nn.AvgPool2d(3, stride=(1, 2)))
    case("avg_pool2d_padding", (3, 7, 6), nn.AvgPool2d(3, stride=2, padding=1))
    case("avg_pool2d_padding_0x2", (2, 4, 6), nn.AvgPool2d((2, 5), stride=1, padding=(0, 2)))
    case("avg_pool2d_padding_not_counted", (3, 7, 6), nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False))
    case("avg_pool2d_ceil", (3, 6, 8), nn.AvgPool2d(3, stride=2, ceil_mode=True))
    case("avg_pool2d_ceil_not_counted", (3, 6, 8), nn.AvgPool2d(3, stride=2, ceil_mode=True, count_include_pad=False))
    # The last window reaches beyond the padding; elements there are never counted.
    case("avg_pool2d_ceil_padding", (2, 6, 7), nn.AvgPool2d(4, stride=3, padding=1, ceil_mode=True))
    case(
        "avg_pool2d_ceil_padding_not_counted",
        (2, 6, 7),
        nn.AvgPool2d(4, stride=3, padding=1, ceil_mode=True, count_include_pad=False),
    )
    case("avg_pool2d_same", (2, 7, 6), same(nn.AvgPool2d((3, 4), stride=2)))
    # The average of ones is the share of a window that falls on data.
    formula(
        "avg_pool2d_same_not_counted",
        (2, 7, 6),
        lambda x: (pool := same(nn.AvgPool2d((3, 4), stride=2)))(x) / pool(torch.ones_like(x)),
    )
    case("avg_pool2d_whole_input", (3, 4, 5), nn.AvgPool2d((4, 5)))

    case("avg_pool3d", (2, 4, 5, 4), nn.AvgPool3d(2))
    case("avg_pool3d_stride_1x2x2", (2, 3, 5, 4), nn.AvgPool3d(2, stride=(1, 2, 2)))
    case("avg_pool3d_padding", (2, 3, 4, 5), nn.AvgPool3d(3, stride=2, padding=(0, 1, 1)))
    case(
        "avg_pool3d_padding_not_counted",
        (2, 3, 4, 5),
        nn.AvgPool3d(3, stride=2, padding=(0, 1, 1), count_include_pad=False),
    )
    case("avg_pool3d_ceil", (2, 3, 5, 4), nn.AvgPool3d(2, ceil_mode=True))
    case("avg_pool3d_ceil_padding", (2, 3, 4, 7), nn.AvgPool3d(3, stride=2, padding=1, ceil_mode=True))
    case(
        "avg_pool3d_ceil_padding_not_counted",
        (2, 3, 4, 7),
        nn.AvgPool3d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    )
