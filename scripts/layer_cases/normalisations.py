"""Normalisations."""

from torch import nn

from layer_cases import case


def declare() -> None:
    case("batch_norm_rank1", (7,), nn.BatchNorm1d(7))
    case("batch_norm_rank2", (5, 6), nn.BatchNorm1d(5))
    case("batch_norm_rank3", (5, 3, 4), nn.BatchNorm2d(5))
    case("batch_norm_rank4", (3, 2, 3, 4), nn.BatchNorm3d(3))
    case("batch_norm_eps", (4, 3, 3), nn.BatchNorm2d(4, eps=0.1))
    case("batch_norm_no_affine", (4, 3, 3), nn.BatchNorm2d(4, affine=False))
    case("batch_norm_no_affine_eps", (6,), nn.BatchNorm1d(6, eps=1e-2, affine=False))
    case("batch_norm_after_conv2d", (3, 5, 5), nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4))
