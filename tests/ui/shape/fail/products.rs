//! Matrices that are multiplied must match.
use netcost::prelude::*;

#[network]
fn Inner(a: Tensor<2, 3>, b: Tensor<4, 5>) -> Tensor<2, 5> {
    a.matmul(b)
}

#[network]
fn Transposed(q: Tensor<4, 7, 3>, k: Tensor<4, 9, 3>) -> Tensor<4, 7, 9> {
    q.matmul(k)
}

#[network]
fn Leading(a: Tensor<2, 5, 3>, b: Tensor<4, 3, 2>) -> Tensor<4, 5, 2> {
    a.matmul(b)
}

#[network]
fn Vector(a: Tensor<3>, b: Tensor<3, 2>) -> Tensor<2> {
    a.matmul(b)
}

#[network]
fn Maximum(a: Tensor<3, 4>, b: Tensor<3, 2>) -> Tensor<3, 4> {
    a.maximum(b)
}

#[network]
fn Batches(a: Tensor<3, 4, 5>, b: Tensor<2, 5, 6>) -> Tensor<3, 4, 6> {
    a.bmm(b)
}

fn main() {}
