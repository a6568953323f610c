//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn Add(x0: Tensor<3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x0 + x1
}

#[network]
fn AddBcast(x0: Tensor<3, 4, 5>, x1: Tensor<5>) -> Tensor<3, 4, 5> {
    x0 + x1
}

#[network]
fn BatchnormEpsilon(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.batch_norm(eps = 0.01, name = "layer0")
}

#[network]
fn BatchnormExample(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.batch_norm(name = "layer0")
}

#[network]
fn ClipDefaultMin(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.relu()
}

#[network]
fn ConstantPad(x: Tensor<1, 3, 4, 5>) -> Tensor<1, 3, 7, 12> {
    x.pad3d([0, 1, 3], after = [0, 2, 4], value = 1.2)
}

#[network]
fn ConstantPadAxes(x: Tensor<1, 3, 4, 5>) -> Tensor<1, 3, 4, 12> {
    x.pad3d([0, 0, 3], after = [0, 0, 4], value = 1.2)
}

#[network]
fn ConstantPadNegativeAxes(x: Tensor<1, 3, 4, 5>) -> Tensor<1, 3, 4, 12> {
    x.pad3d([0, 0, 3], after = [0, 0, 4], value = 1.2)
}

#[network]
fn Div(x0: Tensor<3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x0 / x1
}

#[network]
fn DivBcast(x0: Tensor<3, 4, 5>, x1: Tensor<5>) -> Tensor<3, 4, 5> {
    x0 / x1
}

#[network]
fn DivExample(x0: Tensor<2>, x1: Tensor<2>) -> Tensor<2> {
    x0 / x1
}

#[network]
fn DropoutDefault(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.dropout(0.5)
}

#[network]
fn DropoutDefaultOld(x: Tensor<3>) -> Tensor<3> {
    x.dropout(0.5)
}

#[network]
fn DropoutDefaultRatio(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.dropout(0.1)
}

#[network]
fn DropoutRandomOld(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.dropout(0.2)
}

#[network]
fn GeluDefault1(x: Tensor<3>) -> Tensor<3> {
    x.gelu()
}

#[network]
fn GeluDefault2(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.gelu()
}

#[network]
fn GemmAlpha(x: Tensor<3, 5>) -> Tensor<3, 4> {
    x.linear(4, bias = false, name = "layer0").scale(0.5) + parameter([1, 4], name = "layer1")
}

#[network]
fn GemmBeta(x: Tensor<2, 7>) -> Tensor<2, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1, 4], name = "layer1").scale(0.5)
}

#[network]
fn GemmDefaultMatrixBias(x: Tensor<3, 6>) -> Tensor<3, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([3, 4], name = "layer1")
}

#[network]
fn GemmDefaultNoBias(x: Tensor<2, 10>) -> Tensor<2, 3> {
    x.linear(3, bias = false, name = "layer0")
}

#[network]
fn GemmDefaultScalarBias(x: Tensor<2, 3>) -> Tensor<2, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1], name = "layer1")
}

#[network]
fn GemmDefaultSingleElemVectorBias(x: Tensor<3, 7>) -> Tensor<3, 3> {
    x.linear(3, bias = false, name = "layer0") + parameter([1], name = "layer1")
}

#[network]
fn GemmDefaultVectorBias(x: Tensor<2, 7>) -> Tensor<2, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1, 4], name = "layer1")
}

#[network]
fn GemmDefaultZeroBias(x: Tensor<3, 5>) -> Tensor<3, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1, 4], name = "layer1")
}

#[network]
fn GemmTransposeb(x: Tensor<3, 6>) -> Tensor<3, 4> {
    x.linear(4, bias = false, name = "layer0") + parameter([1, 4], name = "layer1")
}

#[network]
fn Hardswish(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.hard_swish()
}

#[network]
fn Identity(x: Tensor<1, 1, 2, 2>) -> Tensor<1, 1, 2, 2> {
    x.identity()
}

#[network]
fn Leakyrelu(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.leaky_relu(negative_slope = 0.1)
}

#[network]
fn LeakyreluDefault(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.leaky_relu(negative_slope = 0.01)
}

#[network]
fn LeakyreluExample(x: Tensor<3>) -> Tensor<3> {
    x.leaky_relu(negative_slope = 0.1)
}

#[network]
fn Matmul1d1d(x: Tensor<3>) -> Tensor<1> {
    x.linear(1, bias = false, name = "layer0").reshape([1])
}

#[network]
fn Matmul2d(x: Tensor<3, 4>) -> Tensor<3, 3> {
    x.linear(3, bias = false, name = "layer0")
}

#[network]
fn Matmul4d1d(x: Tensor<1, 2, 4, 3>) -> Tensor<1, 2, 4> {
    x.linear(1, bias = false, name = "layer0").reshape([1, 2, 4])
}

#[network]
fn MeanExample(x0: Tensor<3>, x1: Tensor<3>, x2: Tensor<3>) -> Tensor<3> {
    (x0 + x1 + x2) / 3.0
}

#[network]
fn MeanOneInput(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn MeanTwoInputs(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    (x0 + x1) / 2.0
}

#[network]
fn Mul(x0: Tensor<3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x0 * x1
}

#[network]
fn MulBcast(x0: Tensor<3, 4, 5>, x1: Tensor<5>) -> Tensor<3, 4, 5> {
    x0 * x1
}

#[network]
fn MulExample(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0 * x1
}

#[network]
fn Neg(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.scale(-1.0)
}

#[network]
fn NegExample(x: Tensor<2>) -> Tensor<2> {
    x.scale(-1.0)
}

#[network]
fn PowBcastScalar(x: Tensor<3>) -> Tensor<3> {
    x * x
}

#[network]
fn Reciprocal(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    1.0 / x
}

#[network]
fn ReciprocalExample(x: Tensor<2>) -> Tensor<2> {
    1.0 / x
}

#[network]
fn ReduceMeanDefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.reshape([1, 12]).global_avg_pool().reshape([1, 1, 1])
}

#[network]
fn ReduceMeanDefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.reshape([1, 12]).global_avg_pool().reshape([1, 1, 1])
}

#[network]
fn Relu(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.relu()
}

#[network]
fn Sigmoid(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.sigmoid()
}

#[network]
fn SigmoidExample(x: Tensor<3>) -> Tensor<3> {
    x.sigmoid()
}

#[network]
fn SoftmaxAxis0(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 0)
}

#[network]
fn SoftmaxAxis1(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 1)
}

#[network]
fn SoftmaxAxis2(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 2)
}

#[network]
fn SoftmaxDefaultAxis(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 2)
}

#[network]
fn SoftmaxExample(x: Tensor<1, 3>) -> Tensor<1, 3> {
    x.softmax(axis = 1)
}

#[network]
fn SoftmaxLargeNumber(x: Tensor<2, 4>) -> Tensor<2, 4> {
    x.softmax(axis = 1)
}

#[network]
fn SoftmaxNegativeAxis(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softmax(axis = 2)
}

#[network]
fn Sub(x0: Tensor<3, 4, 5>, x1: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x0 - x1
}

#[network]
fn SubBcast(x0: Tensor<3, 4, 5>, x1: Tensor<5>) -> Tensor<3, 4, 5> {
    x0 - x1
}

#[network]
fn SubExample(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0 - x1
}

#[network]
fn SumExample(x0: Tensor<3>, x1: Tensor<3>, x2: Tensor<3>) -> Tensor<3> {
    x0 + x1 + x2
}

#[network]
fn SumOneInput(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn SumTwoInputs(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0 + x1
}

#[network]
fn Swish(x: Tensor<3>) -> Tensor<3> {
    x.silu()
}

#[network]
fn Tanh(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.tanh()
}

#[network]
fn TanhExample(x: Tensor<3>) -> Tensor<3> {
    x.tanh()
}

#[network]
fn TrainingDropoutZeroRatio(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.dropout(0.0)
}

cases! {
    "node";
    add: Add,
    add_bcast: AddBcast,
    batchnorm_epsilon: BatchnormEpsilon,
    batchnorm_example: BatchnormExample,
    clip_default_min: ClipDefaultMin,
    constant_pad: ConstantPad,
    constant_pad_axes: ConstantPadAxes,
    constant_pad_negative_axes: ConstantPadNegativeAxes,
    div: Div,
    div_bcast: DivBcast,
    div_example: DivExample,
    dropout_default: DropoutDefault,
    dropout_default_old: DropoutDefaultOld,
    dropout_default_ratio: DropoutDefaultRatio,
    dropout_random_old: DropoutRandomOld,
    gelu_default_1: GeluDefault1,
    gelu_default_2: GeluDefault2,
    gemm_alpha: GemmAlpha,
    gemm_beta: GemmBeta,
    gemm_default_matrix_bias: GemmDefaultMatrixBias,
    gemm_default_no_bias: GemmDefaultNoBias,
    gemm_default_scalar_bias: GemmDefaultScalarBias,
    gemm_default_single_elem_vector_bias: GemmDefaultSingleElemVectorBias,
    gemm_default_vector_bias: GemmDefaultVectorBias,
    gemm_default_zero_bias: GemmDefaultZeroBias,
    gemm_transposeb: GemmTransposeb,
    hardswish: Hardswish,
    identity: Identity,
    leakyrelu: Leakyrelu,
    leakyrelu_default: LeakyreluDefault,
    leakyrelu_example: LeakyreluExample,
    matmul_1d_1d: Matmul1d1d,
    matmul_2d: Matmul2d,
    matmul_4d_1d: Matmul4d1d,
    mean_example: MeanExample,
    mean_one_input: MeanOneInput,
    mean_two_inputs: MeanTwoInputs,
    mul: Mul,
    mul_bcast: MulBcast,
    mul_example: MulExample,
    neg: Neg,
    neg_example: NegExample,
    pow_bcast_scalar: PowBcastScalar,
    reciprocal: Reciprocal,
    reciprocal_example: ReciprocalExample,
    reduce_mean_default_axes_keepdims_example: ReduceMeanDefaultAxesKeepdimsExample,
    reduce_mean_default_axes_keepdims_random: ReduceMeanDefaultAxesKeepdimsRandom,
    relu: Relu,
    sigmoid: Sigmoid,
    sigmoid_example: SigmoidExample,
    softmax_axis_0: SoftmaxAxis0,
    softmax_axis_1: SoftmaxAxis1,
    softmax_axis_2: SoftmaxAxis2,
    softmax_default_axis: SoftmaxDefaultAxis,
    softmax_example: SoftmaxExample,
    softmax_large_number: SoftmaxLargeNumber,
    softmax_negative_axis: SoftmaxNegativeAxis,
    sub: Sub,
    sub_bcast: SubBcast,
    sub_example: SubExample,
    sum_example: SumExample,
    sum_one_input: SumOneInput,
    sum_two_inputs: SumTwoInputs,
    swish: Swish,
    tanh: Tanh,
    tanh_example: TanhExample,
    training_dropout_zero_ratio: TrainingDropoutZeroRatio,
}
