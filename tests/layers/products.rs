//! Products of two tensors.

use super::*;

#[network]
fn Matmul(a: Tensor<3, 4>, b: Tensor<4, 5>) -> Tensor<3, 5> {
    a.matmul(b)
}

#[network]
fn MatmulRow(a: Tensor<1, 7>, b: Tensor<7, 3>) -> Tensor<1, 3> {
    a.matmul(b)
}

#[network]
fn MatmulColumn(a: Tensor<5, 3>, b: Tensor<3, 1>) -> Tensor<5, 1> {
    a.matmul(b)
}

#[network]
fn MatmulOuter(a: Tensor<5, 1>, b: Tensor<1, 3>) -> Tensor<5, 3> {
    a.matmul(b)
}

#[network]
fn MatmulHeads(a: Tensor<2, 3, 4>, b: Tensor<2, 4, 5>) -> Tensor<2, 3, 5> {
    a.matmul(b)
}

#[network]
fn MatmulBroadcastRight(a: Tensor<2, 3, 4>, b: Tensor<4, 5>) -> Tensor<2, 3, 5> {
    a.matmul(b)
}

#[network]
fn MatmulBroadcastLeft(a: Tensor<3, 4>, b: Tensor<2, 4, 5>) -> Tensor<2, 3, 5> {
    a.matmul(b)
}

#[network]
fn MatmulBroadcastBoth(a: Tensor<2, 1, 3, 4>, b: Tensor<1, 3, 4, 2>) -> Tensor<2, 3, 3, 2> {
    a.matmul(b)
}

#[network]
fn MatmulOwnTranspose(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 3> {
    x.matmul(x.transpose(-1, -2))
}

#[network]
fn Attention(q: Tensor<2, 5, 3>, k: Tensor<2, 7, 3>, v: Tensor<2, 7, 4>) -> Tensor<2, 5, 4> {
    let scores = q.matmul(k.transpose(-1, -2)) * 0.577_350_26; // 1/√3
    scores.softmax(axis = -1).matmul(v)
}

#[network]
fn Bmm(a: Tensor<3, 4, 5>, b: Tensor<3, 5, 2>) -> Tensor<3, 4, 2> {
    a.bmm(b)
}

cases! {
    matmul: Matmul,
    matmul_row: MatmulRow,
    matmul_column: MatmulColumn,
    matmul_outer: MatmulOuter,
    matmul_heads: MatmulHeads,
    matmul_broadcast_right: MatmulBroadcastRight,
    matmul_broadcast_left: MatmulBroadcastLeft,
    matmul_broadcast_both: MatmulBroadcastBoth,
    matmul_own_transpose: MatmulOwnTranspose,
    attention: Attention,
    bmm: Bmm,
}
