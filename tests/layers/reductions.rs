//! Reductions over axes.

use super::*;

#[network]
fn Sum(x: Tensor<3, 4, 5>) -> Tensor<1> {
    x.sum().unsqueeze(0)
}

#[network]
fn SumAxis0(x: Tensor<3, 4, 5>) -> Tensor<4, 5> {
    x.sum(axis = 0)
}

#[network]
fn SumAxis1Kept(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 5> {
    x.sum(axis = 1, keepdim = true)
}

#[network]
fn SumOuterAxes(x: Tensor<3, 4, 5>) -> Tensor<4> {
    x.sum(axes = [2, 0])
}

#[network]
fn Mean(x: Tensor<7>) -> Tensor<1> {
    x.mean().unsqueeze(0)
}

#[network]
fn MeanOfChannels(x: Tensor<5, 3, 7>) -> Tensor<5> {
    x.mean(axes = [1, 2])
}

#[network]
fn MeanOfChannelsKept(x: Tensor<5, 3, 7>) -> Tensor<5, 1, 1> {
    x.mean(axes = [-2, -1], keepdim = true)
}

#[network]
fn MeanLastAxis(x: Tensor<3, 4, 5>) -> Tensor<3, 4> {
    x.mean(axis = -1)
}

#[network]
fn MeanRank4(x: Tensor<2, 3, 4, 5>) -> Tensor<1, 3, 1, 5> {
    x.mean(axes = [0, 2], keepdim = true)
}

#[network]
fn Amax(x: Tensor<3, 4, 5>) -> Tensor<1> {
    x.amax().unsqueeze(0)
}

#[network]
fn AmaxAxis0(x: Tensor<3, 4, 5>) -> Tensor<4, 5> {
    x.amax(axis = 0)
}

#[network]
fn AmaxAxesKept(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 1> {
    x.amax(axes = [1, 2], keepdim = true)
}

#[network]
fn Amin(x: Tensor<3, 4, 5>) -> Tensor<1> {
    x.amin().unsqueeze(0)
}

#[network]
fn AminAxis1(x: Tensor<3, 4, 5>) -> Tensor<3, 5> {
    x.amin(axis = 1)
}

#[network]
fn Norm(x: Tensor<3, 4, 5>) -> Tensor<1> {
    x.norm().unsqueeze(0)
}

#[network]
fn NormAxis0(x: Tensor<3, 4, 5>) -> Tensor<4, 5> {
    x.norm(axis = 0)
}

#[network]
fn NormAxesKept(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 1> {
    x.norm(axes = [1, 2], keepdim = true)
}

#[network]
fn Norm1Axis1(x: Tensor<3, 4, 5>) -> Tensor<3, 5> {
    x.norm(p = 1, axis = 1)
}

#[network]
fn Norm1Kept(x: Tensor<3, 5>) -> Tensor<1, 1> {
    x.norm(p = 1, keepdim = true)
}

#[network]
fn NormalisedByNorm(x: Tensor<4, 5>) -> Tensor<4, 5> {
    x / x.norm(axis = 1, keepdim = true)
}

#[network]
fn SpatialAttention(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x * (x.mean(axis = 0, keepdim = true) + x.amax(axis = 0, keepdim = true)).sigmoid()
}

cases! {
    sum: Sum,
    sum_axis0: SumAxis0,
    sum_axis1_kept: SumAxis1Kept,
    sum_outer_axes: SumOuterAxes,
    mean: Mean,
    mean_of_channels: MeanOfChannels,
    mean_of_channels_kept: MeanOfChannelsKept,
    mean_last_axis: MeanLastAxis,
    mean_rank4: MeanRank4,
    amax: Amax,
    amax_axis0: AmaxAxis0,
    amax_axes_kept: AmaxAxesKept,
    amin: Amin,
    amin_axis1: AminAxis1,
    norm: Norm,
    norm_axis0: NormAxis0,
    norm_axes_kept: NormAxesKept,
    norm1_axis1: Norm1Axis1,
    norm1_kept: Norm1Kept,
    normalised_by_norm: NormalisedByNorm,
    spatial_attention: SpatialAttention,
}
