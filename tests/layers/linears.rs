//! Linear layers, on inputs of every rank.

use super::*;

#[network]
fn Linear(x: Tensor<10>) -> Tensor<7> {
    x.linear(7)
}

#[network]
fn LinearNoBias(x: Tensor<10>) -> Tensor<7> {
    x.linear(7, bias = false)
}

#[network]
fn LinearOneOutput(x: Tensor<9>) -> Tensor<1> {
    x.linear(1)
}

#[network]
fn LinearOneInput(x: Tensor<1>) -> Tensor<5> {
    x.linear(5)
}

#[network]
fn LinearManyFeatures(x: Tensor<67>) -> Tensor<33> {
    x.linear(33)
}

#[network]
fn LinearRank2(x: Tensor<4, 10>) -> Tensor<4, 6> {
    x.linear(6)
}

#[network]
fn LinearRank3(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 4> {
    x.linear(4)
}

#[network]
fn LinearRank3NoBias(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 4> {
    x.linear(4, bias = false)
}

#[network]
fn LinearTwoLayers(x: Tensor<3, 6>) -> Tensor<3, 6> {
    x.linear(8).gelu().linear(6)
}

cases! {
    linear: Linear,
    linear_no_bias: LinearNoBias,
    linear_one_output: LinearOneOutput,
    linear_one_input: LinearOneInput,
    linear_many_features: LinearManyFeatures,
    linear_rank2: LinearRank2,
    linear_rank3: LinearRank3,
    linear_rank3_no_bias: LinearRank3NoBias,
    linear_two_layers: LinearTwoLayers,
}
