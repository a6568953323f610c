//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn ClipDefaultInboundsExpanded(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn GeluTanh1Expanded(x: Tensor<3>) -> Tensor<3> {
    (0.5 * x) * (1.0 + (0.7978845 * (x + (0.044715 * (x * x * x)))).tanh())
}

#[network]
fn GeluTanh2Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    (0.5 * x) * (1.0 + (0.7978845 * (x + (0.044715 * (x * x * x)))).tanh())
}

#[network]
fn HardswishExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x * x.hard_sigmoid()
}

#[network]
fn ReduceSumSquareDefaultAxesKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    (x * x).sum(keepdim = true)
}

#[network]
fn ReduceSumSquareDefaultAxesKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    (x * x).sum(keepdim = true)
}

#[network]
fn ReduceSumSquareDoNotKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    (x * x).sum(axis = 1)
}

#[network]
fn ReduceSumSquareDoNotKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    (x * x).sum(axis = 1)
}

#[network]
fn ReduceSumSquareKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    (x * x).sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumSquareKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    (x * x).sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumSquareNegativeAxesKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    (x * x).sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumSquareNegativeAxesKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    (x * x).sum(axis = 1, keepdim = true)
}

#[network]
fn ReluExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.relu()
}

#[network]
fn SwishExpanded(x: Tensor<3>) -> Tensor<3> {
    x * (1.0 * x).sigmoid()
}

cases! {
    "node";
    clip_default_inbounds_expanded: ClipDefaultInboundsExpanded,
    gelu_tanh_1_expanded: GeluTanh1Expanded,
    gelu_tanh_2_expanded: GeluTanh2Expanded,
    hardswish_expanded: HardswishExpanded,
    reduce_sum_square_default_axes_keepdims_example_expanded: ReduceSumSquareDefaultAxesKeepdimsExampleExpanded,
    reduce_sum_square_default_axes_keepdims_random_expanded: ReduceSumSquareDefaultAxesKeepdimsRandomExpanded,
    reduce_sum_square_do_not_keepdims_example_expanded: ReduceSumSquareDoNotKeepdimsExampleExpanded,
    reduce_sum_square_do_not_keepdims_random_expanded: ReduceSumSquareDoNotKeepdimsRandomExpanded,
    reduce_sum_square_keepdims_example_expanded: ReduceSumSquareKeepdimsExampleExpanded,
    reduce_sum_square_keepdims_random_expanded: ReduceSumSquareKeepdimsRandomExpanded,
    reduce_sum_square_negative_axes_keepdims_example_expanded: ReduceSumSquareNegativeAxesKeepdimsExampleExpanded,
    reduce_sum_square_negative_axes_keepdims_random_expanded: ReduceSumSquareNegativeAxesKeepdimsRandomExpanded,
    relu_expanded_ver18: ReluExpandedVer18,
    swish_expanded: SwishExpanded,
}
