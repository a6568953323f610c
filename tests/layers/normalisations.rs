//! Batch normalisation, on inputs of every rank.

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

cases! {
    batch_norm_rank1: BatchNormRank1,
    batch_norm_rank2: BatchNormRank2,
    batch_norm_rank3: BatchNormRank3,
    batch_norm_rank4: BatchNormRank4,
    batch_norm_eps: BatchNormEps,
    batch_norm_no_affine: BatchNormNoAffine,
    batch_norm_no_affine_eps: BatchNormNoAffineEps,
    batch_norm_after_conv2d: BatchNormAfterConv2d,
}
