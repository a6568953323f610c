//! Softmax and its logarithm, along every axis.

use super::*;

#[network]
fn Softmax(x: Tensor<9>) -> Tensor<9> {
    x.softmax()
}

#[network]
fn SoftmaxOneElement(x: Tensor<1>) -> Tensor<1> {
    x.softmax()
}

#[network]
fn SoftmaxLargeValues(x: Tensor<7>) -> Tensor<7> {
    x.softmax()
}

#[network]
fn SoftmaxRank2Axis0(x: Tensor<4, 5>) -> Tensor<4, 5> {
    x.softmax(axis = 0)
}

#[network]
fn SoftmaxRank2Axis1(x: Tensor<4, 5>) -> Tensor<4, 5> {
    x.softmax(axis = 1)
}

#[network]
fn SoftmaxRank3Axis0(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 0)
}

#[network]
fn SoftmaxRank3Axis1(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 1)
}

#[network]
fn SoftmaxRank3Axis2(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 2)
}

#[network]
fn SoftmaxRank4Axis1(x: Tensor<2, 5, 3, 4>) -> Tensor<2, 5, 3, 4> {
    x.softmax(axis = 1)
}

#[network]
fn LogSoftmax(x: Tensor<9>) -> Tensor<9> {
    x.log_softmax()
}

#[network]
fn LogSoftmaxLargeValues(x: Tensor<7>) -> Tensor<7> {
    x.log_softmax()
}

#[network]
fn LogSoftmaxRank2Axis1(x: Tensor<4, 5>) -> Tensor<4, 5> {
    x.log_softmax(axis = 1)
}

#[network]
fn LogSoftmaxRank3Axis0(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 0)
}

#[network]
fn LogSoftmaxRank4Axis1(x: Tensor<2, 5, 3, 4>) -> Tensor<2, 5, 3, 4> {
    x.log_softmax(axis = 1)
}

cases! {
    softmax: Softmax,
    softmax_one_element: SoftmaxOneElement,
    softmax_large_values: SoftmaxLargeValues,
    softmax_rank2_axis0: SoftmaxRank2Axis0,
    softmax_rank2_axis1: SoftmaxRank2Axis1,
    softmax_rank3_axis0: SoftmaxRank3Axis0,
    softmax_rank3_axis1: SoftmaxRank3Axis1,
    softmax_rank3_axis2: SoftmaxRank3Axis2,
    softmax_rank4_axis1: SoftmaxRank4Axis1,
    log_softmax: LogSoftmax,
    log_softmax_large_values: LogSoftmaxLargeValues,
    log_softmax_rank2_axis1: LogSoftmaxRank2Axis1,
    log_softmax_rank3_axis0: LogSoftmaxRank3Axis0,
    log_softmax_rank4_axis1: LogSoftmaxRank4Axis1,
}
