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
    relu_expanded_ver18: ReluExpandedVer18,
    swish_expanded: SwishExpanded,
}
