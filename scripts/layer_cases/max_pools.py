"""Max pools, with every option."""

import numpy as np
from torch import nn

from layer_cases import case, negative, same


def declare() -> None:
    case("max_pool1d", (3, 9), nn.MaxPool1d(2))
    case("max_pool1d_stride", (3, 10), nn.MaxPool1d(3, stride=2))
    case("max_pool1d_padding", negative(3, 8), nn.MaxPool1d(3, padding=1))
    case("max_pool1d_dilation", (2, 11), nn.MaxPool1d(3, stride=2, dilation=2))
    case("max_pool1d_ceil", (3, 8), nn.MaxPool1d(3, ceil_mode=True))
    # A last window that would start beyond the input is left out.
    case("max_pool1d_ceil_last_window", negative(2, 5), nn.MaxPool1d(2, stride=3, padding=1, ceil_mode=True))

    # The padding never wins.
    case("max_pool1d_same", negative(2, 7), same(nn.MaxPool1d(4, stride=2), -np.inf))
    case("max_pool2d", (3, 6, 7), nn.MaxPool2d(2))
    case("max_pool2d_kernel_1x3", (2, 4, 9), nn.MaxPool2d((1, 3)))
    case("max_pool2d_stride_1x2", (3, 6, 7), nn.MaxPool2d(3, stride=(1, 2)))
    case("max_pool2d_padding", negative(3, 7, 6), nn.MaxPool2d(3, stride=2, padding=1))
    case("max_pool2d_padding_0x2", negative(2, 4, 6), nn.MaxPool2d((2, 5), stride=1, padding=(0, 2)))
    case("max_pool2d_dilation", (2, 8, 7), nn.MaxPool2d(3, stride=1, dilation=2))
    case("max_pool2d_dilation_padding", negative(2, 6, 7), nn.MaxPool2d(3, stride=2, padding=1, dilation=(2, 1)))
    case("max_pool2d_ceil", (3, 6, 8), nn.MaxPool2d(3, stride=2, ceil_mode=True))
    case("max_pool2d_ceil_padding", negative(2, 6, 7), nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True))
    case("max_pool2d_ceil_dilation", (2, 8, 9), nn.MaxPool2d(2, stride=3, dilation=3, ceil_mode=True))
    case("max_pool2d_same", negative(2, 7, 6), same(nn.MaxPool2d(3, stride=2), -np.inf))
    case("max_pool2d_same_dilation", negative(2, 8, 7), same(nn.MaxPool2d(2, stride=(1, 2), dilation=3), -np.inf))
    case("max_pool2d_whole_input", (3, 4, 5), nn.MaxPool2d((4, 5)))

    case("max_pool3d", (2, 4, 5, 4), nn.MaxPool3d(2))
    case("max_pool3d_stride_1x2x2", (2, 3, 5, 4), nn.MaxPool3d(2, stride=(1, 2, 2)))
    case("max_pool3d_padding", negative(2, 3, 4, 5), nn.MaxPool3d(3, stride=2, padding=(0, 1, 1)))
    case("max_pool3d_dilation", (2, 4, 5, 5), nn.MaxPool3d(2, stride=1, dilation=(1, 2, 3)))
    case("max_pool3d_same", negative(2, 3, 5, 4), same(nn.MaxPool3d((2, 3, 4), stride=2), -np.inf))
    case("max_pool3d_ceil", (2, 3, 5, 4), nn.MaxPool3d(2, ceil_mode=True))
