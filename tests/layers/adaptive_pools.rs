//! Adaptive and global average pools.

use super::*;

#[network]
fn AdaptiveAvgPool1d(x: Tensor<3, 8>) -> Tensor<3, 4> {
    x.adaptive_avg_pool1d(4)
}

#[network]
fn AdaptiveAvgPool1dUneven(x: Tensor<3, 11>) -> Tensor<3, 4> {
    x.adaptive_avg_pool1d(4)
}

#[network]
fn AdaptiveAvgPool1dEnlarges(x: Tensor<2, 3>) -> Tensor<2, 5> {
    x.adaptive_avg_pool1d(5)
}

#[network]
fn AdaptiveAvgPool2d(x: Tensor<3, 6, 6>) -> Tensor<3, 3, 3> {
    x.adaptive_avg_pool2d(3)
}

#[network]
fn AdaptiveAvgPool2dUneven(x: Tensor<3, 7, 5>) -> Tensor<3, 3, 2> {
    x.adaptive_avg_pool2d([3, 2])
}

#[network]
fn AdaptiveAvgPool2dOne(x: Tensor<3, 7, 5>) -> Tensor<3, 1, 1> {
    x.adaptive_avg_pool2d(1)
}

#[network]
fn AdaptiveAvgPool2dEnlarges(x: Tensor<2, 1, 3>) -> Tensor<2, 4, 4> {
    x.adaptive_avg_pool2d(4)
}

#[network]
fn AdaptiveAvgPool3dUneven(x: Tensor<2, 5, 4, 7>) -> Tensor<2, 2, 3, 4> {
    x.adaptive_avg_pool3d([2, 3, 4])
}

#[network]
fn GlobalAvgPoolLarge(x: Tensor<35, 13, 11>) -> Tensor<35, 1, 1> {
    x.global_avg_pool()
}

#[network]
fn GlobalAvgPoolRank2(x: Tensor<4, 9>) -> Tensor<4, 1> {
    x.global_avg_pool()
}

#[network]
fn GlobalAvgPoolRank3(x: Tensor<4, 5, 3>) -> Tensor<4, 1, 1> {
    x.global_avg_pool()
}

#[network]
fn GlobalAvgPoolRank4(x: Tensor<3, 2, 3, 5>) -> Tensor<3, 1, 1, 1> {
    x.global_avg_pool()
}

#[network]
fn AdaptiveMaxPool1d(x: Tensor<3, 11>) -> Tensor<3, 4> {
    x.adaptive_max_pool1d(4)
}

#[network]
fn AdaptiveMaxPool1dEnlarges(x: Tensor<2, 3>) -> Tensor<2, 5> {
    x.adaptive_max_pool1d(5)
}

#[network]
fn AdaptiveMaxPool2d(x: Tensor<3, 6, 6>) -> Tensor<3, 3, 3> {
    x.adaptive_max_pool2d(3)
}

#[network]
fn AdaptiveMaxPool2dUneven(x: Tensor<3, 7, 5>) -> Tensor<3, 3, 2> {
    x.adaptive_max_pool2d([3, 2])
}

#[network]
fn AdaptiveMaxPool2dOne(x: Tensor<3, 7, 5>) -> Tensor<3, 1, 1> {
    x.adaptive_max_pool2d(1)
}

#[network]
fn AdaptiveMaxPool3dUneven(x: Tensor<2, 5, 4, 7>) -> Tensor<2, 2, 3, 4> {
    x.adaptive_max_pool3d([2, 3, 4])
}

cases! {
    adaptive_avg_pool1d: AdaptiveAvgPool1d,
    adaptive_avg_pool1d_uneven: AdaptiveAvgPool1dUneven,
    adaptive_avg_pool1d_enlarges: AdaptiveAvgPool1dEnlarges,
    adaptive_avg_pool2d: AdaptiveAvgPool2d,
    adaptive_avg_pool2d_uneven: AdaptiveAvgPool2dUneven,
    adaptive_avg_pool2d_one: AdaptiveAvgPool2dOne,
    adaptive_avg_pool2d_enlarges: AdaptiveAvgPool2dEnlarges,
    adaptive_avg_pool3d_uneven: AdaptiveAvgPool3dUneven,
    global_avg_pool_large: GlobalAvgPoolLarge,
    global_avg_pool_rank2: GlobalAvgPoolRank2,
    global_avg_pool_rank3: GlobalAvgPoolRank3,
    global_avg_pool_rank4: GlobalAvgPoolRank4,
    adaptive_max_pool1d: AdaptiveMaxPool1d,
    adaptive_max_pool1d_enlarges: AdaptiveMaxPool1dEnlarges,
    adaptive_max_pool2d: AdaptiveMaxPool2d,
    adaptive_max_pool2d_uneven: AdaptiveMaxPool2dUneven,
    adaptive_max_pool2d_one: AdaptiveMaxPool2dOne,
    adaptive_max_pool3d_uneven: AdaptiveMaxPool3dUneven,
}
