//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn Abs(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.abs()
}

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
fn Celu(x: Tensor<3, 3, 3, 1>) -> Tensor<3, 3, 3, 1> {
    x.celu(alpha = 2.0)
}

#[network]
fn Clip(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.clamp(-1.0, 1.0)
}

#[network]
fn ClipDefaultInbounds(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn ClipDefaultMax(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.clamp_max(0.0)
}

#[network]
fn ClipDefaultMin(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.relu()
}

#[network]
fn ClipExample(x: Tensor<3>) -> Tensor<3> {
    x.clamp(-1.0, 1.0)
}

#[network]
fn ClipInbounds(x: Tensor<3>) -> Tensor<3> {
    x.clamp(-5.0, 5.0)
}

#[network]
fn ClipOutbounds(x: Tensor<3>) -> Tensor<3> {
    x.clamp(-5.0, 5.0)
}

#[network]
fn ClipSplitbounds(x: Tensor<3>) -> Tensor<3> {
    x.clamp(-5.0, 5.0)
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
fn Elu(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.elu(alpha = 2.0)
}

#[network]
fn EluDefault(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.elu(alpha = 1.0)
}

#[network]
fn EluExample(x: Tensor<3>) -> Tensor<3> {
    x.elu(alpha = 2.0)
}

#[network]
fn Exp(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.exp()
}

#[network]
fn ExpExample(x: Tensor<3>) -> Tensor<3> {
    x.exp()
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
fn GroupNormalizationEpsilon(x: Tensor<4, 2, 2>) -> Tensor<4, 2, 2> {
    x.group_norm(2, eps = 0.01, name = "layer0")
}

#[network]
fn GroupNormalizationExample(x: Tensor<4, 2, 2>) -> Tensor<4, 2, 2> {
    x.group_norm(2, name = "layer0")
}

#[network]
fn GruBatchwise(x: Tensor<1, 2>) -> (Tensor<1, 1, 6>, Tensor<1, 6>) {
    let (y, h) = x.gru(6, bias = false, name = "layer0");
    (y.unsqueeze(1), h)
}

#[network]
fn GruDefaults(x: Tensor<1, 2>) -> Tensor<1, 5> {
    let (_, h) = x.gru(5, bias = false, name = "layer0");
    h
}

#[network]
fn GruWithInitialBias(x: Tensor<1, 3>) -> Tensor<1, 3> {
    let (_, h) = x.gru(3, name = "layer0");
    h
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
fn InstancenormEpsilon(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.instance_norm(eps = 0.01, affine = true, name = "layer0")
}

#[network]
fn InstancenormExample(x: Tensor<2, 1, 3>) -> Tensor<2, 1, 3> {
    x.instance_norm(affine = true, name = "layer0")
}

#[network]
fn L1normalizationAxis0(x: Tensor<2>) -> Tensor<2> {
    x / x.norm(p = 1, axis = 0, keepdim = true)
}

#[network]
fn L1normalizationAxis1(x: Tensor<2, 2>) -> Tensor<2, 2> {
    x / x.norm(p = 1, axis = 1, keepdim = true)
}

#[network]
fn L1normalizationAxisLast(x: Tensor<2, 2, 3>) -> Tensor<2, 2, 3> {
    x / x.norm(p = 1, axis = 2, keepdim = true)
}

#[network]
fn L2normalizationAxis0(x: Tensor<2, 2, 3>) -> Tensor<2, 2, 3> {
    x / x.norm(axis = 0, keepdim = true)
}

#[network]
fn L2normalizationAxis1(x: Tensor<2, 2>) -> Tensor<2, 2> {
    x / x.norm(axis = 1, keepdim = true)
}

#[network]
fn LayerNormalization2dAxis0(x: Tensor<3, 4>) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let mean0 = x.mean(axes = [0, 1], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization2dAxis1(x: Tensor<3, 4>) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let mean0 = x.mean(axes = [1], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization2dAxisNegative1(x: Tensor<3, 4>) -> (Tensor<3, 4>, Tensor<3, 1>, Tensor<3, 1>) {
    let mean0 = x.mean(axes = [1], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization2dAxisNegative2(x: Tensor<3, 4>) -> (Tensor<3, 4>, Tensor<1, 1>, Tensor<1, 1>) {
    let mean0 = x.mean(axes = [0, 1], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxis0Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let mean0 = x.mean(axes = [0, 1, 2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 3, eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1, 2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxis1Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let mean0 = x.mean(axes = [1, 2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1, 2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxis2Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let mean0 = x.mean(axes = [2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxisNegative1Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<2, 3, 1>, Tensor<2, 3, 1>) {
    let mean0 = x.mean(axes = [2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxisNegative2Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<2, 1, 1>, Tensor<2, 1, 1>) {
    let mean0 = x.mean(axes = [1, 2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1, 2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization3dAxisNegative3Epsilon(x: Tensor<2, 3, 5>) -> (Tensor<2, 3, 5>, Tensor<1, 1, 1>, Tensor<1, 1, 1>) {
    let mean0 = x.mean(axes = [0, 1, 2], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 3, eps = 0.1, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1, 2], keepdim = true) + 0.1).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxis0(x: Tensor<2, 3, 4, 5>) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let mean0 = x.mean(axes = [0, 1, 2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 4, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1, 2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxis1(x: Tensor<2, 3, 4, 5>) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let mean0 = x.mean(axes = [1, 2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 3, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1, 2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxis2(x: Tensor<2, 3, 4, 5>) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let mean0 = x.mean(axes = [2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxis3(x: Tensor<2, 3, 4, 5>) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let mean0 = x.mean(axes = [3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxisNegative1(
    x: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let mean0 = x.mean(axes = [3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxisNegative2(
    x: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 1, 1>, Tensor<2, 3, 1, 1>) {
    let mean0 = x.mean(axes = [2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 2, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxisNegative3(
    x: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 1, 1, 1>, Tensor<2, 1, 1, 1>) {
    let mean0 = x.mean(axes = [1, 2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 3, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [1, 2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalization4dAxisNegative4(
    x: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<1, 1, 1, 1>, Tensor<1, 1, 1, 1>) {
    let mean0 = x.mean(axes = [0, 1, 2, 3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(axes = 4, name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [0, 1, 2, 3], keepdim = true) + 1e-05).sqrt()),
    )
}

#[network]
fn LayerNormalizationDefaultAxis(
    x: Tensor<2, 3, 4, 5>,
) -> (Tensor<2, 3, 4, 5>, Tensor<2, 3, 4, 1>, Tensor<2, 3, 4, 1>) {
    let mean0 = x.mean(axes = [3], keepdim = true);
    let distance0 = x - mean0;
    (
        x.layer_norm(name = "layer0"),
        mean0,
        (1.0 / ((distance0 * distance0).mean(axes = [3], keepdim = true) + 1e-05).sqrt()),
    )
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
fn Log(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log()
}

#[network]
fn LogExample(x: Tensor<2>) -> Tensor<2> {
    x.log()
}

#[network]
fn LogsoftmaxAxis0(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 0)
}

#[network]
fn LogsoftmaxAxis1(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 1)
}

#[network]
fn LogsoftmaxAxis2(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 2)
}

#[network]
fn LogsoftmaxDefaultAxis(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 2)
}

#[network]
fn LogsoftmaxExample1(x: Tensor<1, 3>) -> Tensor<1, 3> {
    x.log_softmax(axis = 1)
}

#[network]
fn LogsoftmaxLargeNumber(x: Tensor<2, 4>) -> Tensor<2, 4> {
    x.log_softmax(axis = 1)
}

#[network]
fn LogsoftmaxNegativeAxis(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.log_softmax(axis = 2)
}

#[network]
fn LpnormalizationDefault(x: Tensor<2, 2, 3>) -> Tensor<2, 2, 3> {
    x / x.norm(axis = 2, keepdim = true)
}

#[network]
fn Lrn(x: Tensor<5, 5, 5>) -> Tensor<5, 5, 5> {
    x.local_response_norm(3, alpha = 0.0002, beta = 0.5, k = 2.0)
}

#[network]
fn LrnDefault(x: Tensor<5, 5, 5>) -> Tensor<5, 5, 5> {
    x.local_response_norm(3, alpha = 1e-04, beta = 0.75, k = 1.0)
}

#[network]
fn LstmBatchwise(x: Tensor<1, 2>) -> (Tensor<1, 1, 7>, Tensor<1, 7>) {
    let (y, (h, _)) = x.lstm(7, bias = false, name = "layer0");
    (y.unsqueeze(1), h)
}

#[network]
fn LstmDefaults(x: Tensor<1, 2>) -> Tensor<1, 3> {
    let (_, (h, _)) = x.lstm(3, bias = false, name = "layer0");
    h
}

#[network]
fn LstmWithInitialBias(x: Tensor<1, 3>) -> Tensor<1, 4> {
    let (_, (h, _)) = x.lstm(4, name = "layer0");
    h
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
fn Matmul3d(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 3> {
    x.matmul(parameter([2, 4, 3], name = "layer0"))
}

#[network]
fn Matmul4d(x: Tensor<1, 2, 3, 4>) -> Tensor<1, 2, 3, 3> {
    x.matmul(parameter([1, 2, 4, 3], name = "layer0"))
}

#[network]
fn Matmul4d1d(x: Tensor<1, 2, 4, 3>) -> Tensor<1, 2, 4> {
    x.linear(1, bias = false, name = "layer0").reshape([1, 2, 4])
}

#[network]
fn MatmulBcast(x: Tensor<3, 1, 3, 4>) -> Tensor<3, 2, 3, 2> {
    x.matmul(parameter([1, 2, 4, 2], name = "layer0"))
}

#[network]
fn MaxExample(x0: Tensor<3>, x1: Tensor<3>, x2: Tensor<3>) -> Tensor<3> {
    x0.maximum(x1).maximum(x2)
}

#[network]
fn MaxFloat32(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0.maximum(x1)
}

#[network]
fn MaxOneInput(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn MaxTwoInputs(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0.maximum(x1)
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
fn MinExample(x0: Tensor<3>, x1: Tensor<3>, x2: Tensor<3>) -> Tensor<3> {
    x0.minimum(x1).minimum(x2)
}

#[network]
fn MinFloat32(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0.minimum(x1)
}

#[network]
fn MinOneInput(x: Tensor<3>) -> Tensor<3> {
    x.identity()
}

#[network]
fn MinTwoInputs(x0: Tensor<3>, x1: Tensor<3>) -> Tensor<3> {
    x0.minimum(x1)
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
    x.neg()
}

#[network]
fn NegExample(x: Tensor<2>) -> Tensor<2> {
    x.neg()
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
fn ReduceL1DefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.norm(p = 1, keepdim = true)
}

#[network]
fn ReduceL1DefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.norm(p = 1, keepdim = true)
}

#[network]
fn ReduceL1DoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.norm(p = 1, axis = 2)
}

#[network]
fn ReduceL1DoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.norm(p = 1, axis = 2)
}

#[network]
fn ReduceL1KeepDimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(p = 1, axis = 2, keepdim = true)
}

#[network]
fn ReduceL1KeepDimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(p = 1, axis = 2, keepdim = true)
}

#[network]
fn ReduceL1NegativeAxesKeepDimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(p = 1, axis = 2, keepdim = true)
}

#[network]
fn ReduceL1NegativeAxesKeepDimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(p = 1, axis = 2, keepdim = true)
}

#[network]
fn ReduceL2DefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.norm(keepdim = true)
}

#[network]
fn ReduceL2DefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.norm(keepdim = true)
}

#[network]
fn ReduceL2DoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.norm(axis = 2)
}

#[network]
fn ReduceL2DoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.norm(axis = 2)
}

#[network]
fn ReduceL2KeepDimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(axis = 2, keepdim = true)
}

#[network]
fn ReduceL2KeepDimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(axis = 2, keepdim = true)
}

#[network]
fn ReduceL2NegativeAxesKeepDimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(axis = 2, keepdim = true)
}

#[network]
fn ReduceL2NegativeAxesKeepDimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2, 1> {
    x.norm(axis = 2, keepdim = true)
}

#[network]
fn ReduceMaxDefaultAxesKeepdimExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.amax(keepdim = true)
}

#[network]
fn ReduceMaxDefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.amax(keepdim = true)
}

#[network]
fn ReduceMaxDoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.amax(axis = 1)
}

#[network]
fn ReduceMaxDoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.amax(axis = 1)
}

#[network]
fn ReduceMaxKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amax(axis = 1, keepdim = true)
}

#[network]
fn ReduceMaxKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amax(axis = 1, keepdim = true)
}

#[network]
fn ReduceMaxNegativeAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amax(axis = 1, keepdim = true)
}

#[network]
fn ReduceMaxNegativeAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amax(axis = 1, keepdim = true)
}

#[network]
fn ReduceMeanDefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.mean(keepdim = true)
}

#[network]
fn ReduceMeanDefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.mean(keepdim = true)
}

#[network]
fn ReduceMeanDoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.mean(axis = 1)
}

#[network]
fn ReduceMeanDoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.mean(axis = 1)
}

#[network]
fn ReduceMeanKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.mean(axis = 1, keepdim = true)
}

#[network]
fn ReduceMeanKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.mean(axis = 1, keepdim = true)
}

#[network]
fn ReduceMeanNegativeAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.mean(axis = 1, keepdim = true)
}

#[network]
fn ReduceMeanNegativeAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.mean(axis = 1, keepdim = true)
}

#[network]
fn ReduceMinDefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.amin(keepdim = true)
}

#[network]
fn ReduceMinDefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.amin(keepdim = true)
}

#[network]
fn ReduceMinDoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.amin(axis = 1)
}

#[network]
fn ReduceMinDoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.amin(axis = 1)
}

#[network]
fn ReduceMinKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amin(axis = 1, keepdim = true)
}

#[network]
fn ReduceMinKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amin(axis = 1, keepdim = true)
}

#[network]
fn ReduceMinNegativeAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amin(axis = 1, keepdim = true)
}

#[network]
fn ReduceMinNegativeAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.amin(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumDefaultAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.sum(keepdim = true)
}

#[network]
fn ReduceSumDefaultAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<1, 1, 1> {
    x.sum(keepdim = true)
}

#[network]
fn ReduceSumDoNotKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.sum(axis = 1)
}

#[network]
fn ReduceSumDoNotKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 2> {
    x.sum(axis = 1)
}

#[network]
fn ReduceSumKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumNegativeAxesKeepdimsExample(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.sum(axis = 1, keepdim = true)
}

#[network]
fn ReduceSumNegativeAxesKeepdimsRandom(x: Tensor<3, 2, 2>) -> Tensor<3, 1, 2> {
    x.sum(axis = 1, keepdim = true)
}

#[network]
fn Relu(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.relu()
}

#[network]
fn RmsNormalization2dAxis0(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.rms_norm(axes = 2, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization2dAxis1(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.rms_norm(eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization2dAxisNegative1(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.rms_norm(eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization2dAxisNegative2(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.rms_norm(axes = 2, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization3dAxis0Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(axes = 3, eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization3dAxis1Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(axes = 2, eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization3dAxis2Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization3dAxisNegative1Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization3dAxisNegative2Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(axes = 2, eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization3dAxisNegative3Epsilon(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    x.rms_norm(axes = 3, eps = 0.1, name = "layer0")
}

#[network]
fn RmsNormalization4dAxis0(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 4, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxis1(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 3, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxis2(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 2, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxis3(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxisNegative1(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxisNegative2(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 2, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxisNegative3(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 3, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalization4dAxisNegative4(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(axes = 4, eps = 1e-05, name = "layer0")
}

#[network]
fn RmsNormalizationDefaultAxis(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.rms_norm(eps = 1e-05, name = "layer0")
}

#[network]
fn RnnSeqLength(x: Tensor<2, 3>) -> Tensor<1, 5> {
    let (_, h) = x.rnn(5, name = "layer0");
    h
}

#[network]
fn SeluDefault(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.selu()
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
fn SimpleRnnBatchwise(x: Tensor<1, 2>) -> (Tensor<1, 1, 4>, Tensor<1, 4>) {
    let (y, h) = x.rnn(4, bias = false, name = "layer0");
    (y.unsqueeze(1), h)
}

#[network]
fn SimpleRnnDefaults(x: Tensor<1, 2>) -> Tensor<1, 4> {
    let (_, h) = x.rnn(4, bias = false, name = "layer0");
    h
}

#[network]
fn SimpleRnnWithInitialBias(x: Tensor<1, 3>) -> Tensor<1, 5> {
    let (_, h) = x.rnn(5, name = "layer0");
    h
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
fn Softplus(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softplus()
}

#[network]
fn SoftplusExample(x: Tensor<3>) -> Tensor<3> {
    x.softplus()
}

#[network]
fn Softsign(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.softsign()
}

#[network]
fn SoftsignExample(x: Tensor<3>) -> Tensor<3> {
    x.softsign()
}

#[network]
fn Sqrt(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.sqrt()
}

#[network]
fn SqrtExample(x: Tensor<3>) -> Tensor<3> {
    x.sqrt()
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
    abs: Abs,
    add: Add,
    add_bcast: AddBcast,
    batchnorm_epsilon: BatchnormEpsilon,
    batchnorm_example: BatchnormExample,
    celu: Celu,
    clip: Clip,
    clip_default_inbounds: ClipDefaultInbounds,
    clip_default_max: ClipDefaultMax,
    clip_default_min: ClipDefaultMin,
    clip_example: ClipExample,
    clip_inbounds: ClipInbounds,
    clip_outbounds: ClipOutbounds,
    clip_splitbounds: ClipSplitbounds,
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
    elu: Elu,
    elu_default: EluDefault,
    elu_example: EluExample,
    exp: Exp,
    exp_example: ExpExample,
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
    group_normalization_epsilon: GroupNormalizationEpsilon,
    group_normalization_example: GroupNormalizationExample,
    gru_batchwise: GruBatchwise,
    gru_defaults: GruDefaults,
    gru_with_initial_bias: GruWithInitialBias,
    hardswish: Hardswish,
    identity: Identity,
    instancenorm_epsilon: InstancenormEpsilon,
    instancenorm_example: InstancenormExample,
    l1normalization_axis_0: L1normalizationAxis0,
    l1normalization_axis_1: L1normalizationAxis1,
    l1normalization_axis_last: L1normalizationAxisLast,
    l2normalization_axis_0: L2normalizationAxis0,
    l2normalization_axis_1: L2normalizationAxis1,
    layer_normalization_2d_axis0: LayerNormalization2dAxis0,
    layer_normalization_2d_axis1: LayerNormalization2dAxis1,
    layer_normalization_2d_axis_negative_1: LayerNormalization2dAxisNegative1,
    layer_normalization_2d_axis_negative_2: LayerNormalization2dAxisNegative2,
    layer_normalization_3d_axis0_epsilon: LayerNormalization3dAxis0Epsilon,
    layer_normalization_3d_axis1_epsilon: LayerNormalization3dAxis1Epsilon,
    layer_normalization_3d_axis2_epsilon: LayerNormalization3dAxis2Epsilon,
    layer_normalization_3d_axis_negative_1_epsilon: LayerNormalization3dAxisNegative1Epsilon,
    layer_normalization_3d_axis_negative_2_epsilon: LayerNormalization3dAxisNegative2Epsilon,
    layer_normalization_3d_axis_negative_3_epsilon: LayerNormalization3dAxisNegative3Epsilon,
    layer_normalization_4d_axis0: LayerNormalization4dAxis0,
    layer_normalization_4d_axis1: LayerNormalization4dAxis1,
    layer_normalization_4d_axis2: LayerNormalization4dAxis2,
    layer_normalization_4d_axis3: LayerNormalization4dAxis3,
    layer_normalization_4d_axis_negative_1: LayerNormalization4dAxisNegative1,
    layer_normalization_4d_axis_negative_2: LayerNormalization4dAxisNegative2,
    layer_normalization_4d_axis_negative_3: LayerNormalization4dAxisNegative3,
    layer_normalization_4d_axis_negative_4: LayerNormalization4dAxisNegative4,
    layer_normalization_default_axis: LayerNormalizationDefaultAxis,
    leakyrelu: Leakyrelu,
    leakyrelu_default: LeakyreluDefault,
    leakyrelu_example: LeakyreluExample,
    log: Log,
    log_example: LogExample,
    logsoftmax_axis_0: LogsoftmaxAxis0,
    logsoftmax_axis_1: LogsoftmaxAxis1,
    logsoftmax_axis_2: LogsoftmaxAxis2,
    logsoftmax_default_axis: LogsoftmaxDefaultAxis,
    logsoftmax_example_1: LogsoftmaxExample1,
    logsoftmax_large_number: LogsoftmaxLargeNumber,
    logsoftmax_negative_axis: LogsoftmaxNegativeAxis,
    lpnormalization_default: LpnormalizationDefault,
    lrn: Lrn,
    lrn_default: LrnDefault,
    lstm_batchwise: LstmBatchwise,
    lstm_defaults: LstmDefaults,
    lstm_with_initial_bias: LstmWithInitialBias,
    matmul_1d_1d: Matmul1d1d,
    matmul_2d: Matmul2d,
    matmul_3d: Matmul3d,
    matmul_4d: Matmul4d,
    matmul_4d_1d: Matmul4d1d,
    matmul_bcast: MatmulBcast,
    max_example: MaxExample,
    max_float32: MaxFloat32,
    max_one_input: MaxOneInput,
    max_two_inputs: MaxTwoInputs,
    mean_example: MeanExample,
    mean_one_input: MeanOneInput,
    mean_two_inputs: MeanTwoInputs,
    min_example: MinExample,
    min_float32: MinFloat32,
    min_one_input: MinOneInput,
    min_two_inputs: MinTwoInputs,
    mul: Mul,
    mul_bcast: MulBcast,
    mul_example: MulExample,
    neg: Neg,
    neg_example: NegExample,
    pow_bcast_scalar: PowBcastScalar,
    reciprocal: Reciprocal,
    reciprocal_example: ReciprocalExample,
    reduce_l1_default_axes_keepdims_example: ReduceL1DefaultAxesKeepdimsExample,
    reduce_l1_default_axes_keepdims_random: ReduceL1DefaultAxesKeepdimsRandom,
    reduce_l1_do_not_keepdims_example: ReduceL1DoNotKeepdimsExample,
    reduce_l1_do_not_keepdims_random: ReduceL1DoNotKeepdimsRandom,
    reduce_l1_keep_dims_example: ReduceL1KeepDimsExample,
    reduce_l1_keep_dims_random: ReduceL1KeepDimsRandom,
    reduce_l1_negative_axes_keep_dims_example: ReduceL1NegativeAxesKeepDimsExample,
    reduce_l1_negative_axes_keep_dims_random: ReduceL1NegativeAxesKeepDimsRandom,
    reduce_l2_default_axes_keepdims_example: ReduceL2DefaultAxesKeepdimsExample,
    reduce_l2_default_axes_keepdims_random: ReduceL2DefaultAxesKeepdimsRandom,
    reduce_l2_do_not_keepdims_example: ReduceL2DoNotKeepdimsExample,
    reduce_l2_do_not_keepdims_random: ReduceL2DoNotKeepdimsRandom,
    reduce_l2_keep_dims_example: ReduceL2KeepDimsExample,
    reduce_l2_keep_dims_random: ReduceL2KeepDimsRandom,
    reduce_l2_negative_axes_keep_dims_example: ReduceL2NegativeAxesKeepDimsExample,
    reduce_l2_negative_axes_keep_dims_random: ReduceL2NegativeAxesKeepDimsRandom,
    reduce_max_default_axes_keepdim_example: ReduceMaxDefaultAxesKeepdimExample,
    reduce_max_default_axes_keepdims_random: ReduceMaxDefaultAxesKeepdimsRandom,
    reduce_max_do_not_keepdims_example: ReduceMaxDoNotKeepdimsExample,
    reduce_max_do_not_keepdims_random: ReduceMaxDoNotKeepdimsRandom,
    reduce_max_keepdims_example: ReduceMaxKeepdimsExample,
    reduce_max_keepdims_random: ReduceMaxKeepdimsRandom,
    reduce_max_negative_axes_keepdims_example: ReduceMaxNegativeAxesKeepdimsExample,
    reduce_max_negative_axes_keepdims_random: ReduceMaxNegativeAxesKeepdimsRandom,
    reduce_mean_default_axes_keepdims_example: ReduceMeanDefaultAxesKeepdimsExample,
    reduce_mean_default_axes_keepdims_random: ReduceMeanDefaultAxesKeepdimsRandom,
    reduce_mean_do_not_keepdims_example: ReduceMeanDoNotKeepdimsExample,
    reduce_mean_do_not_keepdims_random: ReduceMeanDoNotKeepdimsRandom,
    reduce_mean_keepdims_example: ReduceMeanKeepdimsExample,
    reduce_mean_keepdims_random: ReduceMeanKeepdimsRandom,
    reduce_mean_negative_axes_keepdims_example: ReduceMeanNegativeAxesKeepdimsExample,
    reduce_mean_negative_axes_keepdims_random: ReduceMeanNegativeAxesKeepdimsRandom,
    reduce_min_default_axes_keepdims_example: ReduceMinDefaultAxesKeepdimsExample,
    reduce_min_default_axes_keepdims_random: ReduceMinDefaultAxesKeepdimsRandom,
    reduce_min_do_not_keepdims_example: ReduceMinDoNotKeepdimsExample,
    reduce_min_do_not_keepdims_random: ReduceMinDoNotKeepdimsRandom,
    reduce_min_keepdims_example: ReduceMinKeepdimsExample,
    reduce_min_keepdims_random: ReduceMinKeepdimsRandom,
    reduce_min_negative_axes_keepdims_example: ReduceMinNegativeAxesKeepdimsExample,
    reduce_min_negative_axes_keepdims_random: ReduceMinNegativeAxesKeepdimsRandom,
    reduce_sum_default_axes_keepdims_example: ReduceSumDefaultAxesKeepdimsExample,
    reduce_sum_default_axes_keepdims_random: ReduceSumDefaultAxesKeepdimsRandom,
    reduce_sum_do_not_keepdims_example: ReduceSumDoNotKeepdimsExample,
    reduce_sum_do_not_keepdims_random: ReduceSumDoNotKeepdimsRandom,
    reduce_sum_keepdims_example: ReduceSumKeepdimsExample,
    reduce_sum_keepdims_random: ReduceSumKeepdimsRandom,
    reduce_sum_negative_axes_keepdims_example: ReduceSumNegativeAxesKeepdimsExample,
    reduce_sum_negative_axes_keepdims_random: ReduceSumNegativeAxesKeepdimsRandom,
    relu: Relu,
    rms_normalization_2d_axis0: RmsNormalization2dAxis0,
    rms_normalization_2d_axis1: RmsNormalization2dAxis1,
    rms_normalization_2d_axis_negative_1: RmsNormalization2dAxisNegative1,
    rms_normalization_2d_axis_negative_2: RmsNormalization2dAxisNegative2,
    rms_normalization_3d_axis0_epsilon: RmsNormalization3dAxis0Epsilon,
    rms_normalization_3d_axis1_epsilon: RmsNormalization3dAxis1Epsilon,
    rms_normalization_3d_axis2_epsilon: RmsNormalization3dAxis2Epsilon,
    rms_normalization_3d_axis_negative_1_epsilon: RmsNormalization3dAxisNegative1Epsilon,
    rms_normalization_3d_axis_negative_2_epsilon: RmsNormalization3dAxisNegative2Epsilon,
    rms_normalization_3d_axis_negative_3_epsilon: RmsNormalization3dAxisNegative3Epsilon,
    rms_normalization_4d_axis0: RmsNormalization4dAxis0,
    rms_normalization_4d_axis1: RmsNormalization4dAxis1,
    rms_normalization_4d_axis2: RmsNormalization4dAxis2,
    rms_normalization_4d_axis3: RmsNormalization4dAxis3,
    rms_normalization_4d_axis_negative_1: RmsNormalization4dAxisNegative1,
    rms_normalization_4d_axis_negative_2: RmsNormalization4dAxisNegative2,
    rms_normalization_4d_axis_negative_3: RmsNormalization4dAxisNegative3,
    rms_normalization_4d_axis_negative_4: RmsNormalization4dAxisNegative4,
    rms_normalization_default_axis: RmsNormalizationDefaultAxis,
    rnn_seq_length: RnnSeqLength,
    selu_default: SeluDefault,
    sigmoid: Sigmoid,
    sigmoid_example: SigmoidExample,
    simple_rnn_batchwise: SimpleRnnBatchwise,
    simple_rnn_defaults: SimpleRnnDefaults,
    simple_rnn_with_initial_bias: SimpleRnnWithInitialBias,
    softmax_axis_0: SoftmaxAxis0,
    softmax_axis_1: SoftmaxAxis1,
    softmax_axis_2: SoftmaxAxis2,
    softmax_default_axis: SoftmaxDefaultAxis,
    softmax_example: SoftmaxExample,
    softmax_large_number: SoftmaxLargeNumber,
    softmax_negative_axis: SoftmaxNegativeAxis,
    softplus: Softplus,
    softplus_example: SoftplusExample,
    softsign: Softsign,
    softsign_example: SoftsignExample,
    sqrt: Sqrt,
    sqrt_example: SqrtExample,
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
