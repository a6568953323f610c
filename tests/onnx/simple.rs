//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn SingleReluModel(x: Tensor<1, 2>) -> Tensor<1, 2> {
    x.relu()
}

cases! {
    "simple";
    single_relu_model: SingleReluModel,
}
