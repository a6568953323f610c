//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn OperatorBasic(x0: Tensor<1>, x1: Tensor<1>) -> Tensor<1> {
    (x0 * (x0 + x1)).tanh().sigmoid().neg()
}

#[network]
fn OperatorChunk(x: Tensor<3>) -> (Tensor<2>, Tensor<1>) {
    let [part0_0, part0_1] = x.split([2, 1]);
    (part0_0, part0_1)
}

#[network]
fn OperatorClip(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.clamp(-0.5, 0.5)
}

#[network]
fn OperatorConcat2(x0: Tensor<2, 3>, x1: Tensor<2, 3>) -> Tensor<2, 6> {
    concat([x0, x1], axis = 1)
}

#[network]
fn OperatorConvtranspose(x: Tensor<3, 4, 5>) -> Tensor<3, 12, 15> {
    x.conv_transpose2d(3, 3, stride = 3, padding = 1, output_padding = 2, bias = false, name = "layer0")
}

#[network]
fn OperatorExp(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.exp()
}

#[network]
fn OperatorFlatten(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 24> {
    x.reshape([1, 24])
}

#[network]
fn OperatorIndex(x: Tensor<1, 1>) -> Tensor<1> {
    x.flatten()
}

#[network]
fn OperatorMax(x0: Tensor<3, 4>, x1: Tensor<3, 4>) -> Tensor<3, 4> {
    x0.maximum(x1)
}

#[network]
fn OperatorMin(x0: Tensor<3, 4>, x1: Tensor<3, 4>) -> Tensor<3, 4> {
    x0.minimum(x1)
}

#[network]
fn OperatorMm(x: Tensor<2, 3>) -> Tensor<2, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1], name = "layer1").scale(0.0)
}

#[network]
fn OperatorPad(x: Tensor<1, 1, 2, 4>) -> Tensor<1, 1, 3, 9> {
    x.pad3d([0, 0, 2], after = [0, 1, 3], mode = Reflect)
}

#[network]
fn OperatorParams(x: Tensor<2, 2>) -> Tensor<2, 2> {
    (x * (x + parameter([2, 2], name = "layer0"))).tanh().sigmoid().neg()
}

#[network]
fn OperatorPermute2(x: Tensor<1, 1, 1, 1, 1, 1>) -> Tensor<1, 1, 1, 1, 1, 1> {
    x.reshape([1, 1, 1, 1, 1, 1])
}

#[network]
fn OperatorReducedMean(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 4> {
    x.mean(axis = 2)
}

#[network]
fn OperatorReducedMeanKeepdim(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 1, 4> {
    x.mean(axis = 2, keepdim = true)
}

#[network]
fn OperatorReducedSum(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 4> {
    x.sum(axis = 2)
}

#[network]
fn OperatorReducedSumKeepdim(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 1, 4> {
    x.sum(axis = 2, keepdim = true)
}

#[network]
fn OperatorRepeat(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 4, 9, 16> {
    concat(
        [
            concat([concat([x, x], axis = 1), concat([x, x], axis = 1), concat([x, x], axis = 1)], axis = 2),
            concat([concat([x, x], axis = 1), concat([x, x], axis = 1), concat([x, x], axis = 1)], axis = 2),
            concat([concat([x, x], axis = 1), concat([x, x], axis = 1), concat([x, x], axis = 1)], axis = 2),
            concat([concat([x, x], axis = 1), concat([x, x], axis = 1), concat([x, x], axis = 1)], axis = 2),
        ],
        axis = 3,
    )
}

#[network]
fn OperatorRepeatDimOverflow(x: Tensor<1, 2>) -> Tensor<1, 2, 3, 8> {
    concat(
        [
            concat(
                [
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                ],
                axis = 2,
            ),
            concat(
                [
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                ],
                axis = 2,
            ),
            concat(
                [
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                ],
                axis = 2,
            ),
            concat(
                [
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                    concat([x.reshape([1, 1, 1, 2]), x.reshape([1, 1, 1, 2])], axis = 1),
                ],
                axis = 2,
            ),
        ],
        axis = 3,
    )
}

#[network]
fn OperatorSelu(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 3, 4> {
    x.selu()
}

#[network]
fn OperatorSqrt(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.sqrt()
}

#[network]
fn OperatorSymbolicOverrideNested(x0: Tensor<1>, x1: Tensor<1>, x2: Tensor<1>) -> (Tensor<1>, Tensor<1>, Tensor<1>) {
    ((x0 + x1 + x2), x0.neg(), x1.neg())
}

#[network]
fn OperatorView(x: Tensor<1>) -> Tensor<1, 1> {
    x.reshape([1, 1])
}

cases! {
    "pytorch_operator";
    operator_basic: OperatorBasic,
    operator_chunk: OperatorChunk,
    operator_clip: OperatorClip,
    operator_concat2: OperatorConcat2,
    operator_convtranspose: OperatorConvtranspose,
    operator_exp: OperatorExp,
    operator_flatten: OperatorFlatten,
    operator_index: OperatorIndex,
    operator_max: OperatorMax,
    operator_min: OperatorMin,
    operator_mm: OperatorMm,
    operator_pad: OperatorPad,
    operator_params: OperatorParams,
    operator_permute2: OperatorPermute2,
    operator_reduced_mean: OperatorReducedMean,
    operator_reduced_mean_keepdim: OperatorReducedMeanKeepdim,
    operator_reduced_sum: OperatorReducedSum,
    operator_reduced_sum_keepdim: OperatorReducedSumKeepdim,
    operator_repeat: OperatorRepeat,
    operator_repeat_dim_overflow: OperatorRepeatDimOverflow,
    operator_selu: OperatorSelu,
    operator_sqrt: OperatorSqrt,
    operator_symbolic_override_nested: OperatorSymbolicOverrideNested,
    operator_view: OperatorView,
}
