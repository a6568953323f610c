//! Normalisations, by stored statistics and by the input's, on inputs of every rank.

use super::*;

#[network]
fn BatchNormRank1(x: Tensor<7>) -> Tensor<7> {
    x.batch_norm()
}

#[network]
fn BatchNormRank2(x: Tensor<5, 6>) -> Tensor<5, 6> {
    x.batch_norm()
}

#[network]
fn BatchNormRank3(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.batch_norm()
}

#[network]
fn BatchNormRank4(x: Tensor<3, 2, 3, 4>) -> Tensor<3, 2, 3, 4> {
    x.batch_norm()
}

#[network]
fn BatchNormEps(x: Tensor<4, 3, 3>) -> Tensor<4, 3, 3> {
    x.batch_norm(eps = 0.1)
}

#[network]
fn BatchNormNoAffine(x: Tensor<4, 3, 3>) -> Tensor<4, 3, 3> {
    x.batch_norm(affine = false)
}

#[network]
fn BatchNormNoAffineEps(x: Tensor<6>) -> Tensor<6> {
    x.batch_norm(eps = 1e-2, affine = false)
}

#[network]
fn BatchNormAfterConv2d(x: Tensor<3, 5, 5>) -> Tensor<4, 3, 3> {
    x.conv2d(4, 3, bias = false).batch_norm()
}

#[network]
fn LayerNorm(x: Tensor<7>) -> Tensor<7> {
    x.layer_norm()
}

#[network]
fn LayerNormOneElement(x: Tensor<3, 1>) -> Tensor<3, 1> {
    x.layer_norm()
}

#[network]
fn LayerNormRank2(x: Tensor<5, 6>) -> Tensor<5, 6> {
    x.layer_norm()
}

#[network]
fn LayerNormRank3(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.layer_norm()
}

#[network]
fn LayerNormTwoAxes(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.layer_norm(axes = 2)
}

#[network]
fn LayerNormAllAxes(x: Tensor<1, 4, 5>) -> Tensor<1, 4, 5> {
    x.layer_norm(axes = 3)
}

#[network]
fn LayerNormManyElements(x: Tensor<3, 197>) -> Tensor<3, 197> {
    x.layer_norm()
}

#[network]
fn LayerNormEps(x: Tensor<4, 9>) -> Tensor<4, 9> {
    x.layer_norm(eps = 0.1)
}

#[network]
fn LayerNormNoBias(x: Tensor<4, 9>) -> Tensor<4, 9> {
    x.layer_norm(bias = false)
}

#[network]
fn LayerNormNoAffine(x: Tensor<4, 9>) -> Tensor<4, 9> {
    x.layer_norm(elementwise_affine = false)
}

#[network]
fn LayerNormNoAffineTwoAxes(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.layer_norm(axes = 2, elementwise_affine = false)
}

#[network]
fn LayerNormFarFromZero(x: Tensor<3, 8>) -> Tensor<3, 8> {
    x.layer_norm()
}

#[network]
fn LayerNormBetweenLinears(x: Tensor<3, 6>) -> Tensor<3, 4> {
    x.linear(8).layer_norm().linear(4)
}

#[network]
fn RmsNorm(x: Tensor<7>) -> Tensor<7> {
    x.rms_norm()
}

#[network]
fn RmsNormRank3(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm()
}

#[network]
fn RmsNormTwoAxes(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.rms_norm(axes = 2)
}

#[network]
fn RmsNormEps(x: Tensor<4, 9>) -> Tensor<4, 9> {
    x.rms_norm(eps = 0.1)
}

#[network]
fn RmsNormNoAffine(x: Tensor<4, 9>) -> Tensor<4, 9> {
    x.rms_norm(elementwise_affine = false)
}

#[network]
fn GroupNorm(x: Tensor<6, 4, 5>) -> Tensor<6, 4, 5> {
    x.group_norm(3)
}

#[network]
fn GroupNormOneGroup(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.group_norm(1)
}

#[network]
fn GroupNormAGroupAChannel(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.group_norm(x.channels())
}

#[network]
fn GroupNormRank1(x: Tensor<8>) -> Tensor<8> {
    x.group_norm(2)
}

#[network]
fn GroupNormRank2(x: Tensor<6, 7>) -> Tensor<6, 7> {
    x.group_norm(2)
}

#[network]
fn GroupNormRank4(x: Tensor<4, 2, 3, 3>) -> Tensor<4, 2, 3, 3> {
    x.group_norm(2)
}

#[network]
fn GroupNormEps(x: Tensor<4, 3, 3>) -> Tensor<4, 3, 3> {
    x.group_norm(2, eps = 0.1)
}

#[network]
fn GroupNormNoAffine(x: Tensor<4, 3, 3>) -> Tensor<4, 3, 3> {
    x.group_norm(2, affine = false)
}

#[network]
fn InstanceNormRank2(x: Tensor<5, 6>) -> Tensor<5, 6> {
    x.instance_norm()
}

#[network]
fn InstanceNormRank3(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.instance_norm()
}

#[network]
fn InstanceNormRank4(x: Tensor<3, 2, 3, 4>) -> Tensor<3, 2, 3, 4> {
    x.instance_norm()
}

#[network]
fn InstanceNormAffine(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.instance_norm(affine = true)
}

#[network]
fn InstanceNormEps(x: Tensor<5, 3, 4>) -> Tensor<5, 3, 4> {
    x.instance_norm(eps = 0.1, affine = true)
}

#[network]
fn InstanceNormAfterConv2d(x: Tensor<3, 5, 5>) -> Tensor<4, 3, 3> {
    x.conv2d(4, 3).instance_norm(affine = true).relu()
}

#[network]
fn LocalResponseNorm(x: Tensor<7, 4, 5>) -> Tensor<7, 4, 5> {
    x.local_response_norm(5)
}

#[network]
fn LocalResponseNormEven(x: Tensor<7, 4, 5>) -> Tensor<7, 4, 5> {
    x.local_response_norm(4, alpha = 0.5)
}

#[network]
fn LocalResponseNormOptions(x: Tensor<6, 3, 4>) -> Tensor<6, 3, 4> {
    x.local_response_norm(3, alpha = 1.5, beta = 0.5, k = 2.0)
}

#[network]
fn LocalResponseNormFewChannels(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.local_response_norm(9, alpha = 2.0)
}

#[network]
fn LocalResponseNormRank2(x: Tensor<5, 6>) -> Tensor<5, 6> {
    x.local_response_norm(3, alpha = 1.0)
}

cases! {
    batch_norm_rank1: BatchNormRank1,
    batch_norm_rank2: BatchNormRank2,
    batch_norm_rank3: BatchNormRank3,
    batch_norm_rank4: BatchNormRank4,
    batch_norm_eps: BatchNormEps,
    batch_norm_no_affine: BatchNormNoAffine,
    batch_norm_no_affine_eps: BatchNormNoAffineEps,
    batch_norm_after_conv2d: BatchNormAfterConv2d,
    layer_norm: LayerNorm,
    layer_norm_one_element: LayerNormOneElement,
    layer_norm_rank2: LayerNormRank2,
    layer_norm_rank3: LayerNormRank3,
    layer_norm_two_axes: LayerNormTwoAxes,
    layer_norm_all_axes: LayerNormAllAxes,
    layer_norm_many_elements: LayerNormManyElements,
    layer_norm_eps: LayerNormEps,
    layer_norm_no_bias: LayerNormNoBias,
    layer_norm_no_affine: LayerNormNoAffine,
    layer_norm_no_affine_two_axes: LayerNormNoAffineTwoAxes,
    layer_norm_far_from_zero: LayerNormFarFromZero,
    layer_norm_between_linears: LayerNormBetweenLinears,
    rms_norm: RmsNorm,
    rms_norm_rank3: RmsNormRank3,
    rms_norm_two_axes: RmsNormTwoAxes,
    rms_norm_eps: RmsNormEps,
    rms_norm_no_affine: RmsNormNoAffine,
    group_norm: GroupNorm,
    group_norm_one_group: GroupNormOneGroup,
    group_norm_a_group_a_channel: GroupNormAGroupAChannel,
    group_norm_rank1: GroupNormRank1,
    group_norm_rank2: GroupNormRank2,
    group_norm_rank4: GroupNormRank4,
    group_norm_eps: GroupNormEps,
    group_norm_no_affine: GroupNormNoAffine,
    instance_norm_rank2: InstanceNormRank2,
    instance_norm_rank3: InstanceNormRank3,
    instance_norm_rank4: InstanceNormRank4,
    instance_norm_affine: InstanceNormAffine,
    instance_norm_eps: InstanceNormEps,
    instance_norm_after_conv2d: InstanceNormAfterConv2d,
    local_response_norm: LocalResponseNorm,
    local_response_norm_even: LocalResponseNormEven,
    local_response_norm_options: LocalResponseNormOptions,
    local_response_norm_few_channels: LocalResponseNormFewChannels,
    local_response_norm_rank2: LocalResponseNormRank2,
}
