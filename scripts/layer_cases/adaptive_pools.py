"""Adaptive and global pools."""

from torch import nn

from layer_cases import case, negative


def declare() -> None:
    case("adaptive_avg_pool1d", (3, 8), nn.AdaptiveAvgPool1d(4))
    case("adaptive_avg_pool1d_uneven", (3, 11), nn.AdaptiveAvgPool1d(4))
    case("adaptive_avg_pool1d_enlarges", (2, 3), nn.AdaptiveAvgPool1d(5))
    case("adaptive_avg_pool2d", (3, 6, 6), nn.AdaptiveAvgPool2d(3))
    case("adaptive_avg_pool2d_uneven", (3, 7, 5), nn.AdaptiveAvgPool2d((3, 2)))
    case("adaptive_avg_pool2d_one", (3, 7, 5), nn.AdaptiveAvgPool2d(1))
    case("adaptive_avg_pool2d_enlarges", (2, 1, 3), nn.AdaptiveAvgPool2d(4))
    case("adaptive_avg_pool3d_uneven", (2, 5, 4, 7), nn.AdaptiveAvgPool3d((2, 3, 4)))
    case("global_avg_pool_large", (35, 13, 11), nn.AdaptiveAvgPool2d(1))
    case("global_avg_pool_rank2", (4, 9), nn.AdaptiveAvgPool1d(1))
    case("global_avg_pool_rank3", (4, 5, 3), nn.AdaptiveAvgPool2d(1))
    case("global_avg_pool_rank4", (3, 2, 3, 5), nn.AdaptiveAvgPool3d(1))

    case("adaptive_max_pool1d", (3, 11), nn.AdaptiveMaxPool1d(4))
    case("adaptive_max_pool1d_enlarges", (2, 3), nn.AdaptiveMaxPool1d(5))
    case("adaptive_max_pool2d", (3, 6, 6), nn.AdaptiveMaxPool2d(3))
    case("adaptive_max_pool2d_uneven", (3, 7, 5), nn.AdaptiveMaxPool2d((3, 2)))
    case("adaptive_max_pool2d_one", negative(3, 7, 5), nn.AdaptiveMaxPool2d(1))
    case("adaptive_max_pool3d_uneven", (2, 5, 4, 7), nn.AdaptiveMaxPool3d((2, 3, 4)))
