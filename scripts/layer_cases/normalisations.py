"""Normalisations."""

import numpy as np
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

    case("layer_norm", (7,), nn.LayerNorm(7))
    case("layer_norm_one_element", (3, 1), nn.LayerNorm(1))
    case("layer_norm_rank2", (5, 6), nn.LayerNorm(6))
    case("layer_norm_rank3", (2, 3, 5), nn.LayerNorm(5))
    case("layer_norm_two_axes", (3, 4, 5), nn.LayerNorm((4, 5)))
    case("layer_norm_all_axes", (1, 4, 5), nn.LayerNorm((1, 4, 5)))
    case("layer_norm_many_elements", (3, 197), nn.LayerNorm(197))
    case("layer_norm_eps", (4, 9), nn.LayerNorm(9, eps=0.1))
    case("layer_norm_no_bias", (4, 9), nn.LayerNorm(9, bias=False))
    case("layer_norm_no_affine", (4, 9), nn.LayerNorm(9, elementwise_affine=False))
    case("layer_norm_no_affine_two_axes", (2, 3, 4, 5), nn.LayerNorm((4, 5), elementwise_affine=False))
    case("layer_norm_far_from_zero", 100.0 + np.arange(24.0).reshape(3, 8), nn.LayerNorm(8))
    case("layer_norm_between_linears", (3, 6), nn.Linear(6, 8), nn.LayerNorm(8), nn.Linear(8, 4))

    case("rms_norm", (7,), nn.RMSNorm(7))
    case("rms_norm_rank3", (2, 3, 5), nn.RMSNorm(5))
    case("rms_norm_two_axes", (3, 4, 5), nn.RMSNorm((4, 5)))
    case("rms_norm_eps", (4, 9), nn.RMSNorm(9, eps=0.1))
    case("rms_norm_no_affine", (4, 9), nn.RMSNorm(9, elementwise_affine=False))

    case("group_norm", (6, 4, 5), nn.GroupNorm(3, 6))
    case("group_norm_one_group", (5, 3, 4), nn.GroupNorm(1, 5))
    case("group_norm_a_group_a_channel", (5, 3, 4), nn.GroupNorm(5, 5))
    case("group_norm_rank1", (8,), nn.GroupNorm(2, 8))
    case("group_norm_rank2", (6, 7), nn.GroupNorm(2, 6))
    case("group_norm_rank4", (4, 2, 3, 3), nn.GroupNorm(2, 4))
    case("group_norm_eps", (4, 3, 3), nn.GroupNorm(2, 4, eps=0.1))
    case("group_norm_no_affine", (4, 3, 3), nn.GroupNorm(2, 4, affine=False))

    case("instance_norm_rank2", (5, 6), nn.InstanceNorm1d(5))
    case("instance_norm_rank3", (5, 3, 4), nn.InstanceNorm2d(5))
    case("instance_norm_rank4", (3, 2, 3, 4), nn.InstanceNorm3d(3))
    case("instance_norm_affine", (5, 3, 4), nn.InstanceNorm2d(5, affine=True))
    case("instance_norm_eps", (5, 3, 4), nn.InstanceNorm2d(5, eps=0.1, affine=True))
    case("instance_norm_after_conv2d", (3, 5, 5), nn.Conv2d(3, 4, 3), nn.InstanceNorm2d(4, affine=True), nn.ReLU())

    case("local_response_norm", (7, 4, 5), nn.LocalResponseNorm(5))
    case("local_response_norm_even", (7, 4, 5), nn.LocalResponseNorm(4, alpha=0.5))
    case("local_response_norm_options", (6, 3, 4), nn.LocalResponseNorm(3, alpha=1.5, beta=0.5, k=2.0))
    case("local_response_norm_few_channels", (3, 4, 5), nn.LocalResponseNorm(9, alpha=2.0))
    case("local_response_norm_rank2", (5, 6), nn.LocalResponseNorm(3, alpha=1.0))
