//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn CeluExpanded(x: Tensor<3, 3, 3, 1>) -> Tensor<3, 3, 3, 1> {
    2.0 * (x / 2.0).elu(alpha = 1.0)
}

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
fn LayerNormalization2dAxis0Expanded(
    x0: Tensor<3, 4>,
    x1: Tensor<3, 4>,
    x2: Tensor<3, 4>,
) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let y0 = x0.reshape([1, 12]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 12])) + x2.reshape([1, 12])).reshape([3, 4]),
        y1.reshape([1, 1]),
        (1.0 / y2).reshape([1, 1]),
    )
}

#[network]
fn LayerNormalization2dAxis0ExpandedVer18(
    x0: Tensor<3, 4>,
    x1: Tensor<3, 4>,
    x2: Tensor<3, 4>,
) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let y0 = x0.reshape([1, 12]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 12])) + x2.reshape([1, 12])).reshape([3, 4]),
        y1.reshape([1, 1]),
        (1.0 / y2).reshape([1, 1]),
    )
}

#[network]
fn LayerNormalization2dAxis1Expanded(
    x0: Tensor<3, 4>,
    x1: Tensor<4>,
    x2: Tensor<4>,
) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let y0 = x0.reshape([3, 4]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 4])) + x2.reshape([1, 4])).reshape([3, 4]),
        y1.reshape([3, 1]),
        (1.0 / y2).reshape([3, 1]),
    )
}

#[network]
fn LayerNormalization2dAxis1ExpandedVer18(
    x0: Tensor<3, 4>,
    x1: Tensor<4>,
    x2: Tensor<4>,
) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let y0 = x0.reshape([3, 4]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 4])) + x2.reshape([1, 4])).reshape([3, 4]),
        y1.reshape([3, 1]),
        (1.0 / y2).reshape([3, 1]),
    )
}

#[network]
fn LayerNormalization2dAxisNegative1Expanded(
    x0: Tensor<3, 4>,
    x1: Tensor<4>,
    x2: Tensor<4>,
) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let y0 = x0.reshape([3, 4]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 4])) + x2.reshape([1, 4])).reshape([3, 4]),
        y1.reshape([3, 1]),
        (1.0 / y2).reshape([3, 1]),
    )
}

#[network]
fn LayerNormalization2dAxisNegative1ExpandedVer18(
    x0: Tensor<3, 4>,
    x1: Tensor<4>,
    x2: Tensor<4>,
) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let y0 = x0.reshape([3, 4]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 4])) + x2.reshape([1, 4])).reshape([3, 4]),
        y1.reshape([3, 1]),
        (1.0 / y2).reshape([3, 1]),
    )
}

#[network]
fn LayerNormalization2dAxisNegative2Expanded(
    x0: Tensor<3, 4>,
    x1: Tensor<3, 4>,
    x2: Tensor<3, 4>,
) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let y0 = x0.reshape([1, 12]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 12])) + x2.reshape([1, 12])).reshape([3, 4]),
        y1.reshape([1, 1]),
        (1.0 / y2).reshape([1, 1]),
    )
}

#[network]
fn LayerNormalization2dAxisNegative2ExpandedVer18(
    x0: Tensor<3, 4>,
    x1: Tensor<3, 4>,
    x2: Tensor<3, 4>,
) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let y0 = x0.reshape([1, 12]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 12])) + x2.reshape([1, 12])).reshape([3, 4]),
        y1.reshape([1, 1]),
        (1.0 / y2).reshape([1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis0EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<2, 3, 5>,
    x2: Tensor<2, 3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let y0 = x0.reshape([1, 30]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 30])) + x2.reshape([1, 30])).reshape([2, 3, 5]),
        y1.reshape([1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis0EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<2, 3, 5>,
    x2: Tensor<2, 3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let y0 = x0.reshape([1, 30]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 30])) + x2.reshape([1, 30])).reshape([2, 3, 5]),
        y1.reshape([1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis1EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<3, 5>,
    x2: Tensor<3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let y0 = x0.reshape([2, 15]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 15])) + x2.reshape([1, 15])).reshape([2, 3, 5]),
        y1.reshape([2, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis1EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<3, 5>,
    x2: Tensor<3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let y0 = x0.reshape([2, 15]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 15])) + x2.reshape([1, 15])).reshape([2, 3, 5]),
        y1.reshape([2, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis2EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let y0 = x0.reshape([6, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 5]),
        y1.reshape([2, 3, 1]),
        (1.0 / y2).reshape([2, 3, 1]),
    )
}

#[network]
fn LayerNormalization3dAxis2EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let y0 = x0.reshape([6, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 5]),
        y1.reshape([2, 3, 1]),
        (1.0 / y2).reshape([2, 3, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative1EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let y0 = x0.reshape([6, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 5]),
        y1.reshape([2, 3, 1]),
        (1.0 / y2).reshape([2, 3, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative1EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let y0 = x0.reshape([6, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 5]),
        y1.reshape([2, 3, 1]),
        (1.0 / y2).reshape([2, 3, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative2EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<3, 5>,
    x2: Tensor<3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let y0 = x0.reshape([2, 15]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 15])) + x2.reshape([1, 15])).reshape([2, 3, 5]),
        y1.reshape([2, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative2EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<3, 5>,
    x2: Tensor<3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let y0 = x0.reshape([2, 15]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 15])) + x2.reshape([1, 15])).reshape([2, 3, 5]),
        y1.reshape([2, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative3EpsilonExpanded(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<2, 3, 5>,
    x2: Tensor<2, 3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let y0 = x0.reshape([1, 30]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 30])) + x2.reshape([1, 30])).reshape([2, 3, 5]),
        y1.reshape([1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1]),
    )
}

#[network]
fn LayerNormalization3dAxisNegative3EpsilonExpandedVer18(
    x0: Tensor<2, 3, 5>,
    x1: Tensor<2, 3, 5>,
    x2: Tensor<2, 3, 5>,
) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let y0 = x0.reshape([1, 30]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 0.1).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 30])) + x2.reshape([1, 30])).reshape([2, 3, 5]),
        y1.reshape([1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis0Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<2, 3, 4, 5>,
    x2: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let y0 = x0.reshape([1, 120]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 120])) + x2.reshape([1, 120])).reshape([2, 3, 4, 5]),
        y1.reshape([1, 1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis0ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<2, 3, 4, 5>,
    x2: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let y0 = x0.reshape([1, 120]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 120])) + x2.reshape([1, 120])).reshape([2, 3, 4, 5]),
        y1.reshape([1, 1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis1Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<3, 4, 5>,
    x2: Tensor<3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let y0 = x0.reshape([2, 60]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 60])) + x2.reshape([1, 60])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 1, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis1ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<3, 4, 5>,
    x2: Tensor<3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let y0 = x0.reshape([2, 60]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 60])) + x2.reshape([1, 60])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 1, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis2Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<4, 5>,
    x2: Tensor<4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let y0 = x0.reshape([6, 20]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 20])) + x2.reshape([1, 20])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 1, 1]),
        (1.0 / y2).reshape([2, 3, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis2ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<4, 5>,
    x2: Tensor<4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let y0 = x0.reshape([6, 20]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 20])) + x2.reshape([1, 20])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 1, 1]),
        (1.0 / y2).reshape([2, 3, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis3Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LayerNormalization4dAxis3ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative1Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative1ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative2Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<4, 5>,
    x2: Tensor<4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let y0 = x0.reshape([6, 20]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 20])) + x2.reshape([1, 20])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 1, 1]),
        (1.0 / y2).reshape([2, 3, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative2ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<4, 5>,
    x2: Tensor<4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let y0 = x0.reshape([6, 20]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 20])) + x2.reshape([1, 20])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 1, 1]),
        (1.0 / y2).reshape([2, 3, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative3Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<3, 4, 5>,
    x2: Tensor<3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let y0 = x0.reshape([2, 60]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 60])) + x2.reshape([1, 60])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 1, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative3ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<3, 4, 5>,
    x2: Tensor<3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let y0 = x0.reshape([2, 60]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 60])) + x2.reshape([1, 60])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 1, 1, 1]),
        (1.0 / y2).reshape([2, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative4Expanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<2, 3, 4, 5>,
    x2: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let y0 = x0.reshape([1, 120]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 120])) + x2.reshape([1, 120])).reshape([2, 3, 4, 5]),
        y1.reshape([1, 1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalization4dAxisNegative4ExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<2, 3, 4, 5>,
    x2: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let y0 = x0.reshape([1, 120]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 120])) + x2.reshape([1, 120])).reshape([2, 3, 4, 5]),
        y1.reshape([1, 1, 1, 1]),
        (1.0 / y2).reshape([1, 1, 1, 1]),
    )
}

#[network]
fn LayerNormalizationDefaultAxisExpanded(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LayerNormalizationDefaultAxisExpandedVer18(
    x0: Tensor<2, 3, 4, 5>,
    x1: Tensor<5>,
    x2: Tensor<5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let y0 = x0.reshape([24, 5]).identity();
    let y1 = y0.mean(axis = 1, keepdim = true);
    let y2 = (((y0 * y0).mean(axis = 1, keepdim = true) - (y1 * y1)) + 1e-05).sqrt();
    (
        ((((y0 - y1) / y2).identity() * x1.reshape([1, 5])) + x2.reshape([1, 5])).reshape([2, 3, 4, 5]),
        y1.reshape([2, 3, 4, 1]),
        (1.0 / y2).reshape([2, 3, 4, 1]),
    )
}

#[network]
fn LogsoftmaxAxis0Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 0, keepdim = true));
    y0 - y0.exp().sum(axis = 0, keepdim = true).log()
}

#[network]
fn LogsoftmaxAxis0ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 0, keepdim = true));
    y0 - y0.exp().sum(axis = 0, keepdim = true).log()
}

#[network]
fn LogsoftmaxAxis1Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxAxis1ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxAxis2Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn LogsoftmaxAxis2ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn LogsoftmaxDefaultAxisExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn LogsoftmaxDefaultAxisExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn LogsoftmaxExample1Expanded(x: Tensor<1, 3>) -> Tensor<1, 3> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxExample1ExpandedVer18(x: Tensor<1, 3>) -> Tensor<1, 3> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxLargeNumberExpanded(x: Tensor<2, 4>) -> Tensor<2, 4> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxLargeNumberExpandedVer18(x: Tensor<2, 4>) -> Tensor<2, 4> {
    let y0 = (x - x.amax(axis = 1, keepdim = true));
    y0 - y0.exp().sum(axis = 1, keepdim = true).log()
}

#[network]
fn LogsoftmaxNegativeAxisExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn LogsoftmaxNegativeAxisExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true));
    y0 - y0.exp().sum(axis = 2, keepdim = true).log()
}

#[network]
fn MvnExpanded(x: Tensor<3, 3, 3, 1>) -> Tensor<3, 3, 3, 1> {
    let y0 = x.mean(axes = [0, 2, 3], keepdim = true);
    (x - y0) / (((x * x).mean(axes = [0, 2, 3], keepdim = true) - (y0 * y0)).sqrt() + 1e-09)
}

#[network]
fn MvnExpandedVer18(x: Tensor<3, 3, 3, 1>) -> Tensor<3, 3, 3, 1> {
    let y0 = x.mean(axes = [0, 2, 3], keepdim = true);
    (x - y0) / (((x * x).mean(axes = [0, 2, 3], keepdim = true) - (y0 * y0)).sqrt() + 1e-09)
}

#[network]
fn ReduceL1DefaultAxesKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.abs().sum(keepdim = true)
}

#[network]
fn ReduceL1DefaultAxesKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.abs().sum(keepdim = true)
}

#[network]
fn ReduceL1DoNotKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.abs().sum(axis = 2)
}

#[network]
fn ReduceL1DoNotKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.abs().sum(axis = 2)
}

#[network]
fn ReduceL1KeepDimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.abs().sum(axis = 2, keepdim = true)
}

#[network]
fn ReduceL1KeepDimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.abs().sum(axis = 2, keepdim = true)
}

#[network]
fn ReduceL1NegativeAxesKeepDimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.abs().sum(axis = 2, keepdim = true)
}

#[network]
fn ReduceL1NegativeAxesKeepDimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.abs().sum(axis = 2, keepdim = true)
}

#[network]
fn ReduceL2DefaultAxesKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    (x * x).sum(keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceL2DefaultAxesKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    (x * x).sum(keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceL2DoNotKeepdimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    (x * x).sum(axis = 2).identity().sqrt().identity()
}

#[network]
fn ReduceL2DoNotKeepdimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    (x * x).sum(axis = 2).identity().sqrt().identity()
}

#[network]
fn ReduceL2KeepDimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    (x * x).sum(axis = 2, keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceL2KeepDimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    (x * x).sum(axis = 2, keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceL2NegativeAxesKeepDimsExampleExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    (x * x).sum(axis = 2, keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceL2NegativeAxesKeepDimsRandomExpanded(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    (x * x).sum(axis = 2, keepdim = true).identity().sqrt().identity()
}

#[network]
fn ReduceLogSumAscAxesExpanded(x: Tensor<3, 4, 5>) -> Tensor<5> {
    x.sum(axes = [0, 1]).log()
}

#[network]
fn ReduceLogSumDefaultExpanded(x: Tensor<3, 4, 5>) -> Tensor<1, 1, 1> {
    x.sum(keepdim = true).log()
}

#[network]
fn ReduceLogSumDescAxesExpanded(x: Tensor<3, 4, 5>) -> Tensor<3> {
    x.sum(axes = [2, 1]).log()
}

#[network]
fn ReduceLogSumNegativeAxesExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 5> {
    x.sum(axis = 1, keepdim = true).log()
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
fn RmsNormalization2dAxis0Expanded(x0: Tensor<3, 4>, x1: Tensor<3, 4>) -> Tensor<3, 4> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization2dAxis1Expanded(x0: Tensor<3, 4>, x1: Tensor<4>) -> Tensor<3, 4> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 1, keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization2dAxisNegative1Expanded(x0: Tensor<3, 4>, x1: Tensor<4>) -> Tensor<3, 4> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 1, keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization2dAxisNegative2Expanded(x0: Tensor<3, 4>, x1: Tensor<3, 4>) -> Tensor<3, 4> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxis0EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxis1EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<3, 5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [1, 2], keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxis2EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 2, keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxisNegative1EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 2, keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxisNegative2EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<3, 5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [1, 2], keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization3dAxisNegative3EpsilonExpanded(x0: Tensor<2, 3, 5>, x1: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 0.1).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxis0Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxis1Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [1, 2, 3], keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxis2Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [2, 3], keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxis3Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 3, keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxisNegative1Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 3, keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxisNegative2Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [2, 3], keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxisNegative3Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axes = [1, 2, 3], keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalization4dAxisNegative4Expanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn RmsNormalizationDefaultAxisExpanded(x0: Tensor<2, 3, 4, 5>, x1: Tensor<5>) -> Tensor<2, 3, 4, 5> {
    let y0 = x0.identity();
    (y0 / ((y0 * y0).mean(axis = 3, keepdim = true) + 1e-05).sqrt()).identity() * x1
}

#[network]
fn SoftmaxAxis0Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 0, keepdim = true)).exp();
    y0 / y0.sum(axis = 0, keepdim = true)
}

#[network]
fn SoftmaxAxis0ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 0, keepdim = true)).exp();
    y0 / y0.sum(axis = 0, keepdim = true)
}

#[network]
fn SoftmaxAxis1Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxAxis1ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxAxis2Expanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftmaxAxis2ExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftmaxDefaultAxisExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftmaxDefaultAxisExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftmaxExampleExpanded(x: Tensor<1, 3>) -> Tensor<1, 3> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxExampleExpandedVer18(x: Tensor<1, 3>) -> Tensor<1, 3> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxLargeNumberExpanded(x: Tensor<2, 4>) -> Tensor<2, 4> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxLargeNumberExpandedVer18(x: Tensor<2, 4>) -> Tensor<2, 4> {
    let y0 = (x - x.amax(axis = 1, keepdim = true)).exp();
    y0 / y0.sum(axis = 1, keepdim = true)
}

#[network]
fn SoftmaxNegativeAxisExpanded(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftmaxNegativeAxisExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    let y0 = (x - x.amax(axis = 2, keepdim = true)).exp();
    y0 / y0.sum(axis = 2, keepdim = true)
}

#[network]
fn SoftplusExampleExpandedVer18(x: Tensor<3>) -> Tensor<3> {
    (x.exp() + 1.0).log()
}

#[network]
fn SoftplusExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    (x.exp() + 1.0).log()
}

#[network]
fn SoftsignExampleExpandedVer18(x: Tensor<3>) -> Tensor<3> {
    x / (1.0 + x.abs())
}

#[network]
fn SoftsignExpandedVer18(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x / (1.0 + x.abs())
}

#[network]
fn SwishExpanded(x: Tensor<3>) -> Tensor<3> {
    x * (1.0 * x).sigmoid()
}

cases! {
    "node";
    celu_expanded: CeluExpanded,
    clip_default_inbounds_expanded: ClipDefaultInboundsExpanded,
    gelu_tanh_1_expanded: GeluTanh1Expanded,
    gelu_tanh_2_expanded: GeluTanh2Expanded,
    hardswish_expanded: HardswishExpanded,
    layer_normalization_2d_axis0_expanded: LayerNormalization2dAxis0Expanded,
    layer_normalization_2d_axis0_expanded_ver18: LayerNormalization2dAxis0ExpandedVer18,
    layer_normalization_2d_axis1_expanded: LayerNormalization2dAxis1Expanded,
    layer_normalization_2d_axis1_expanded_ver18: LayerNormalization2dAxis1ExpandedVer18,
    layer_normalization_2d_axis_negative_1_expanded: LayerNormalization2dAxisNegative1Expanded,
    layer_normalization_2d_axis_negative_1_expanded_ver18: LayerNormalization2dAxisNegative1ExpandedVer18,
    layer_normalization_2d_axis_negative_2_expanded: LayerNormalization2dAxisNegative2Expanded,
    layer_normalization_2d_axis_negative_2_expanded_ver18: LayerNormalization2dAxisNegative2ExpandedVer18,
    layer_normalization_3d_axis0_epsilon_expanded: LayerNormalization3dAxis0EpsilonExpanded,
    layer_normalization_3d_axis0_epsilon_expanded_ver18: LayerNormalization3dAxis0EpsilonExpandedVer18,
    layer_normalization_3d_axis1_epsilon_expanded: LayerNormalization3dAxis1EpsilonExpanded,
    layer_normalization_3d_axis1_epsilon_expanded_ver18: LayerNormalization3dAxis1EpsilonExpandedVer18,
    layer_normalization_3d_axis2_epsilon_expanded: LayerNormalization3dAxis2EpsilonExpanded,
    layer_normalization_3d_axis2_epsilon_expanded_ver18: LayerNormalization3dAxis2EpsilonExpandedVer18,
    layer_normalization_3d_axis_negative_1_epsilon_expanded: LayerNormalization3dAxisNegative1EpsilonExpanded,
    layer_normalization_3d_axis_negative_1_epsilon_expanded_ver18: LayerNormalization3dAxisNegative1EpsilonExpandedVer18,
    layer_normalization_3d_axis_negative_2_epsilon_expanded: LayerNormalization3dAxisNegative2EpsilonExpanded,
    layer_normalization_3d_axis_negative_2_epsilon_expanded_ver18: LayerNormalization3dAxisNegative2EpsilonExpandedVer18,
    layer_normalization_3d_axis_negative_3_epsilon_expanded: LayerNormalization3dAxisNegative3EpsilonExpanded,
    layer_normalization_3d_axis_negative_3_epsilon_expanded_ver18: LayerNormalization3dAxisNegative3EpsilonExpandedVer18,
    layer_normalization_4d_axis0_expanded: LayerNormalization4dAxis0Expanded,
    layer_normalization_4d_axis0_expanded_ver18: LayerNormalization4dAxis0ExpandedVer18,
    layer_normalization_4d_axis1_expanded: LayerNormalization4dAxis1Expanded,
    layer_normalization_4d_axis1_expanded_ver18: LayerNormalization4dAxis1ExpandedVer18,
    layer_normalization_4d_axis2_expanded: LayerNormalization4dAxis2Expanded,
    layer_normalization_4d_axis2_expanded_ver18: LayerNormalization4dAxis2ExpandedVer18,
    layer_normalization_4d_axis3_expanded: LayerNormalization4dAxis3Expanded,
    layer_normalization_4d_axis3_expanded_ver18: LayerNormalization4dAxis3ExpandedVer18,
    layer_normalization_4d_axis_negative_1_expanded: LayerNormalization4dAxisNegative1Expanded,
    layer_normalization_4d_axis_negative_1_expanded_ver18: LayerNormalization4dAxisNegative1ExpandedVer18,
    layer_normalization_4d_axis_negative_2_expanded: LayerNormalization4dAxisNegative2Expanded,
    layer_normalization_4d_axis_negative_2_expanded_ver18: LayerNormalization4dAxisNegative2ExpandedVer18,
    layer_normalization_4d_axis_negative_3_expanded: LayerNormalization4dAxisNegative3Expanded,
    layer_normalization_4d_axis_negative_3_expanded_ver18: LayerNormalization4dAxisNegative3ExpandedVer18,
    layer_normalization_4d_axis_negative_4_expanded: LayerNormalization4dAxisNegative4Expanded,
    layer_normalization_4d_axis_negative_4_expanded_ver18: LayerNormalization4dAxisNegative4ExpandedVer18,
    layer_normalization_default_axis_expanded: LayerNormalizationDefaultAxisExpanded,
    layer_normalization_default_axis_expanded_ver18: LayerNormalizationDefaultAxisExpandedVer18,
    logsoftmax_axis_0_expanded: LogsoftmaxAxis0Expanded,
    logsoftmax_axis_0_expanded_ver18: LogsoftmaxAxis0ExpandedVer18,
    logsoftmax_axis_1_expanded: LogsoftmaxAxis1Expanded,
    logsoftmax_axis_1_expanded_ver18: LogsoftmaxAxis1ExpandedVer18,
    logsoftmax_axis_2_expanded: LogsoftmaxAxis2Expanded,
    logsoftmax_axis_2_expanded_ver18: LogsoftmaxAxis2ExpandedVer18,
    logsoftmax_default_axis_expanded: LogsoftmaxDefaultAxisExpanded,
    logsoftmax_default_axis_expanded_ver18: LogsoftmaxDefaultAxisExpandedVer18,
    logsoftmax_example_1_expanded: LogsoftmaxExample1Expanded,
    logsoftmax_example_1_expanded_ver18: LogsoftmaxExample1ExpandedVer18,
    logsoftmax_large_number_expanded: LogsoftmaxLargeNumberExpanded,
    logsoftmax_large_number_expanded_ver18: LogsoftmaxLargeNumberExpandedVer18,
    logsoftmax_negative_axis_expanded: LogsoftmaxNegativeAxisExpanded,
    logsoftmax_negative_axis_expanded_ver18: LogsoftmaxNegativeAxisExpandedVer18,
    mvn_expanded: MvnExpanded,
    mvn_expanded_ver18: MvnExpandedVer18,
    reduce_l1_default_axes_keepdims_example_expanded: ReduceL1DefaultAxesKeepdimsExampleExpanded,
    reduce_l1_default_axes_keepdims_random_expanded: ReduceL1DefaultAxesKeepdimsRandomExpanded,
    reduce_l1_do_not_keepdims_example_expanded: ReduceL1DoNotKeepdimsExampleExpanded,
    reduce_l1_do_not_keepdims_random_expanded: ReduceL1DoNotKeepdimsRandomExpanded,
    reduce_l1_keep_dims_example_expanded: ReduceL1KeepDimsExampleExpanded,
    reduce_l1_keep_dims_random_expanded: ReduceL1KeepDimsRandomExpanded,
    reduce_l1_negative_axes_keep_dims_example_expanded: ReduceL1NegativeAxesKeepDimsExampleExpanded,
    reduce_l1_negative_axes_keep_dims_random_expanded: ReduceL1NegativeAxesKeepDimsRandomExpanded,
    reduce_l2_default_axes_keepdims_example_expanded: ReduceL2DefaultAxesKeepdimsExampleExpanded,
    reduce_l2_default_axes_keepdims_random_expanded: ReduceL2DefaultAxesKeepdimsRandomExpanded,
    reduce_l2_do_not_keepdims_example_expanded: ReduceL2DoNotKeepdimsExampleExpanded,
    reduce_l2_do_not_keepdims_random_expanded: ReduceL2DoNotKeepdimsRandomExpanded,
    reduce_l2_keep_dims_example_expanded: ReduceL2KeepDimsExampleExpanded,
    reduce_l2_keep_dims_random_expanded: ReduceL2KeepDimsRandomExpanded,
    reduce_l2_negative_axes_keep_dims_example_expanded: ReduceL2NegativeAxesKeepDimsExampleExpanded,
    reduce_l2_negative_axes_keep_dims_random_expanded: ReduceL2NegativeAxesKeepDimsRandomExpanded,
    reduce_log_sum_asc_axes_expanded: ReduceLogSumAscAxesExpanded,
    reduce_log_sum_default_expanded: ReduceLogSumDefaultExpanded,
    reduce_log_sum_desc_axes_expanded: ReduceLogSumDescAxesExpanded,
    reduce_log_sum_negative_axes_expanded: ReduceLogSumNegativeAxesExpanded,
    reduce_sum_square_default_axes_keepdims_example_expanded: ReduceSumSquareDefaultAxesKeepdimsExampleExpanded,
    reduce_sum_square_default_axes_keepdims_random_expanded: ReduceSumSquareDefaultAxesKeepdimsRandomExpanded,
    reduce_sum_square_do_not_keepdims_example_expanded: ReduceSumSquareDoNotKeepdimsExampleExpanded,
    reduce_sum_square_do_not_keepdims_random_expanded: ReduceSumSquareDoNotKeepdimsRandomExpanded,
    reduce_sum_square_keepdims_example_expanded: ReduceSumSquareKeepdimsExampleExpanded,
    reduce_sum_square_keepdims_random_expanded: ReduceSumSquareKeepdimsRandomExpanded,
    reduce_sum_square_negative_axes_keepdims_example_expanded: ReduceSumSquareNegativeAxesKeepdimsExampleExpanded,
    reduce_sum_square_negative_axes_keepdims_random_expanded: ReduceSumSquareNegativeAxesKeepdimsRandomExpanded,
    relu_expanded_ver18: ReluExpandedVer18,
    rms_normalization_2d_axis0_expanded: RmsNormalization2dAxis0Expanded,
    rms_normalization_2d_axis1_expanded: RmsNormalization2dAxis1Expanded,
    rms_normalization_2d_axis_negative_1_expanded: RmsNormalization2dAxisNegative1Expanded,
    rms_normalization_2d_axis_negative_2_expanded: RmsNormalization2dAxisNegative2Expanded,
    rms_normalization_3d_axis0_epsilon_expanded: RmsNormalization3dAxis0EpsilonExpanded,
    rms_normalization_3d_axis1_epsilon_expanded: RmsNormalization3dAxis1EpsilonExpanded,
    rms_normalization_3d_axis2_epsilon_expanded: RmsNormalization3dAxis2EpsilonExpanded,
    rms_normalization_3d_axis_negative_1_epsilon_expanded: RmsNormalization3dAxisNegative1EpsilonExpanded,
    rms_normalization_3d_axis_negative_2_epsilon_expanded: RmsNormalization3dAxisNegative2EpsilonExpanded,
    rms_normalization_3d_axis_negative_3_epsilon_expanded: RmsNormalization3dAxisNegative3EpsilonExpanded,
    rms_normalization_4d_axis0_expanded: RmsNormalization4dAxis0Expanded,
    rms_normalization_4d_axis1_expanded: RmsNormalization4dAxis1Expanded,
    rms_normalization_4d_axis2_expanded: RmsNormalization4dAxis2Expanded,
    rms_normalization_4d_axis3_expanded: RmsNormalization4dAxis3Expanded,
    rms_normalization_4d_axis_negative_1_expanded: RmsNormalization4dAxisNegative1Expanded,
    rms_normalization_4d_axis_negative_2_expanded: RmsNormalization4dAxisNegative2Expanded,
    rms_normalization_4d_axis_negative_3_expanded: RmsNormalization4dAxisNegative3Expanded,
    rms_normalization_4d_axis_negative_4_expanded: RmsNormalization4dAxisNegative4Expanded,
    rms_normalization_default_axis_expanded: RmsNormalizationDefaultAxisExpanded,
    softmax_axis_0_expanded: SoftmaxAxis0Expanded,
    softmax_axis_0_expanded_ver18: SoftmaxAxis0ExpandedVer18,
    softmax_axis_1_expanded: SoftmaxAxis1Expanded,
    softmax_axis_1_expanded_ver18: SoftmaxAxis1ExpandedVer18,
    softmax_axis_2_expanded: SoftmaxAxis2Expanded,
    softmax_axis_2_expanded_ver18: SoftmaxAxis2ExpandedVer18,
    softmax_default_axis_expanded: SoftmaxDefaultAxisExpanded,
    softmax_default_axis_expanded_ver18: SoftmaxDefaultAxisExpandedVer18,
    softmax_example_expanded: SoftmaxExampleExpanded,
    softmax_example_expanded_ver18: SoftmaxExampleExpandedVer18,
    softmax_large_number_expanded: SoftmaxLargeNumberExpanded,
    softmax_large_number_expanded_ver18: SoftmaxLargeNumberExpandedVer18,
    softmax_negative_axis_expanded: SoftmaxNegativeAxisExpanded,
    softmax_negative_axis_expanded_ver18: SoftmaxNegativeAxisExpandedVer18,
    softplus_example_expanded_ver18: SoftplusExampleExpandedVer18,
    softplus_expanded_ver18: SoftplusExpandedVer18,
    softsign_example_expanded_ver18: SoftsignExampleExpandedVer18,
    softsign_expanded_ver18: SoftsignExpandedVer18,
    swish_expanded: SwishExpanded,
}
