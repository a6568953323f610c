"""Softmax and its logarithm, along every axis."""

import numpy as np
from torch import nn

from layer_cases import case


def declare() -> None:
    case("softmax", (9,), nn.Softmax(1))
    case("softmax_one_element", (1,), nn.Softmax(1))
    case("softmax_large_values", np.array([-1e4, -200.0, -90.0, 0.0, 89.0, 99.0, 100.0]), nn.Softmax(1))
    case("softmax_rank2_axis0", (4, 5), nn.Softmax(1))
    case("softmax_rank2_axis1", (4, 5), nn.Softmax(2))
    case("softmax_rank3_axis0", (3, 4, 5), nn.Softmax(1))
    case("softmax_rank3_axis1", (3, 4, 5), nn.Softmax(2))
    case("softmax_rank3_axis2", (3, 4, 5), nn.Softmax(3))
    case("softmax_rank4_axis1", (2, 5, 3, 4), nn.Softmax(2))

    case("log_softmax", (9,), nn.LogSoftmax(1))
    case("log_softmax_large_values", np.array([-1e3, -200.0, -90.0, 0.0, 89.0, 99.0, 100.0]), nn.LogSoftmax(1))
    case("log_softmax_rank2_axis1", (4, 5), nn.LogSoftmax(2))
    case("log_softmax_rank3_axis0", (3, 4, 5), nn.LogSoftmax(1))
    case("log_softmax_rank4_axis1", (2, 5, 3, 4), nn.LogSoftmax(2))
