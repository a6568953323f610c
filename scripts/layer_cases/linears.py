"""Linear layers."""

from torch import nn

from layer_cases import case


def declare() -> None:
    case("linear", (10,), nn.Linear(10, 7))
    case("linear_no_bias", (10,), nn.Linear(10, 7, bias=False))
    case("linear_one_output", (9,), nn.Linear(9, 1))
    case("linear_one_input", (1,), nn.Linear(1, 5))
    case("linear_many_features", (67,), nn.Linear(67, 33))
    case("linear_rank2", (4, 10), nn.Linear(10, 6))
    case("linear_rank3", (2, 3, 5), nn.Linear(5, 4))
    case("linear_rank3_no_bias", (2, 3, 5), nn.Linear(5, 4, bias=False))
    case("linear_two_layers", (3, 6), nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 6))
