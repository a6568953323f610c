//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn Avgpool1d(x: Tensor<3, 6>) -> Tensor<3, 3> {
    x.reshape([3, 6, 1]).avg_pool2d([2, 1]).reshape([3, 3])
}

#[network]
fn Avgpool1dStride(x: Tensor<3, 6>) -> Tensor<3, 3> {
    x.reshape([3, 6, 1]).avg_pool2d([2, 1]).reshape([3, 3])
}

#[network]
fn Avgpool2d(x: Tensor<3, 6, 6>) -> Tensor<3, 3, 3> {
    x.avg_pool2d(2)
}

#[network]
fn Avgpool2dStride(x: Tensor<3, 6, 6>) -> Tensor<3, 3, 3> {
    x.avg_pool2d(2)
}

#[network]
fn Avgpool3d(x: Tensor<3, 4, 4, 4>) -> Tensor<3, 2, 2, 2> {
    x.avg_pool3d(2)
}

#[network]
fn Avgpool3dStride(x: Tensor<3, 5, 5, 5>) -> Tensor<3, 2, 2, 2> {
    x.avg_pool3d(2)
}

#[network]
fn Avgpool3dStride1Pad0GpuInput(x: Tensor<3, 4, 4, 4>) -> Tensor<3, 2, 2, 2> {
    x.avg_pool3d(3, stride = 1)
}

#[network]
fn Batchnorm1d3dInputEval(x: Tensor<5, 3>) -> Tensor<5, 3> {
    x.batch_norm(name = "layer0")
}

#[network]
fn Batchnorm2dEval(x: Tensor<3, 6, 6>) -> Tensor<3, 6, 6> {
    x.batch_norm(name = "layer0")
}

#[network]
fn Batchnorm2dMomentumEval(x: Tensor<3, 6, 6>) -> Tensor<3, 6, 6> {
    x.batch_norm(eps = 0.001, name = "layer0")
}

#[network]
fn Batchnorm3dEval(x: Tensor<3, 4, 4, 4>) -> Tensor<3, 4, 4, 4> {
    x.batch_norm(name = "layer0")
}

#[network]
fn Batchnorm3dMomentumEval(x: Tensor<3, 4, 4, 4>) -> Tensor<3, 4, 4, 4> {
    x.batch_norm(eps = 0.001, name = "layer0")
}

#[network]
fn Constantpad2d(x: Tensor<2, 3, 4, 4>) -> Tensor<2, 3, 11, 7> {
    x.pad3d([0, 3, 1], after = [0, 4, 2], value = 2.0)
}

#[network]
fn Conv1d(x: Tensor<4, 10>) -> Tensor<5, 8> {
    x.conv1d(5, 3, name = "layer0")
}

#[network]
fn Conv1dDilated(x: Tensor<4, 10>) -> Tensor<5, 6> {
    x.conv1d(5, 3, dilation = 2, name = "layer0")
}

#[network]
fn Conv1dGroups(x: Tensor<4, 6>) -> Tensor<6, 4> {
    x.conv1d(6, 3, groups = 2, name = "layer0")
}

#[network]
fn Conv1dPad1(x: Tensor<4, 10>) -> Tensor<5, 10> {
    x.conv1d(5, 3, padding = 1, name = "layer0")
}

#[network]
fn Conv1dPad1size1(x: Tensor<4, 1>) -> Tensor<4, 1> {
    x.conv1d(4, 3, padding = 1, name = "layer0")
}

#[network]
fn Conv1dPad2(x: Tensor<4, 10>) -> Tensor<5, 10> {
    x.conv1d(5, 5, padding = 2, name = "layer0")
}

#[network]
fn Conv1dPad2size1(x: Tensor<4, 1>) -> Tensor<4, 1> {
    x.conv1d(4, 5, padding = 2, name = "layer0")
}

#[network]
fn Conv1dStride(x: Tensor<4, 10>) -> Tensor<5, 4> {
    x.conv1d(5, 3, stride = 2, name = "layer0")
}

#[network]
fn Conv2d(x: Tensor<3, 7, 5>) -> Tensor<4, 5, 4> {
    x.conv2d(4, [3, 2], name = "layer0")
}

#[network]
fn Conv2dDepthwise(x: Tensor<4, 6, 6>) -> Tensor<4, 4, 4> {
    x.conv2d(4, 3, groups = 4, name = "layer0")
}

#[network]
fn Conv2dDepthwisePadded(x: Tensor<4, 6, 6>) -> Tensor<4, 6, 6> {
    x.conv2d(4, 3, padding = 1, groups = 4, name = "layer0")
}

#[network]
fn Conv2dDepthwiseStrided(x: Tensor<4, 6, 6>) -> Tensor<4, 2, 2> {
    x.conv2d(4, 3, stride = 2, groups = 4, name = "layer0")
}

#[network]
fn Conv2dDepthwiseWithMultiplier(x: Tensor<4, 6, 6>) -> Tensor<8, 4, 4> {
    x.conv2d(8, 3, groups = 4, name = "layer0")
}

#[network]
fn Conv2dDilated(x: Tensor<3, 8, 8>) -> Tensor<2, 3, 3> {
    x.conv2d(2, 3, stride = 2, padding = 1, dilation = 2, name = "layer0")
}

#[network]
fn Conv2dGroups(x: Tensor<4, 6, 5>) -> Tensor<6, 4, 4> {
    x.conv2d(6, [3, 2], groups = 2, name = "layer0")
}

#[network]
fn Conv2dGroupsThnn(x: Tensor<4, 6, 5>) -> Tensor<6, 4, 4> {
    x.conv2d(6, [3, 2], groups = 2, name = "layer0")
}

#[network]
fn Conv2dNoBias(x: Tensor<3, 6, 5>) -> Tensor<4, 4, 4> {
    x.conv2d(4, [3, 2], bias = false, name = "layer0")
}

#[network]
fn Conv2dPadding(x: Tensor<3, 6, 6>) -> Tensor<4, 3, 3> {
    x.conv2d(4, 3, stride = 2, padding = 1, name = "layer0")
}

#[network]
fn Conv2dStrided(x: Tensor<3, 6, 6>) -> Tensor<4, 2, 2> {
    x.conv2d(4, 3, stride = 2, name = "layer0")
}

#[network]
fn Conv3d(x: Tensor<3, 3, 4, 5>) -> Tensor<4, 2, 2, 2> {
    x.conv3d(4, [2, 3, 4], name = "layer0")
}

#[network]
fn Conv3dDilated(x: Tensor<3, 5, 5, 5>) -> Tensor<4, 3, 3, 3> {
    x.conv3d(4, 2, dilation = 2, name = "layer0")
}

#[network]
fn Conv3dDilatedStrided(x: Tensor<3, 5, 5, 5>) -> Tensor<4, 2, 2, 2> {
    x.conv3d(4, 2, stride = 2, dilation = 2, name = "layer0")
}

#[network]
fn Conv3dGroups(x: Tensor<4, 4, 5, 4>) -> Tensor<6, 2, 3, 2> {
    x.conv3d(6, 3, groups = 2, name = "layer0")
}

#[network]
fn Conv3dNoBias(x: Tensor<3, 3, 4, 5>) -> Tensor<4, 2, 2, 2> {
    x.conv3d(4, [2, 3, 4], bias = false, name = "layer0")
}

#[network]
fn Conv3dStride(x: Tensor<3, 5, 5, 5>) -> Tensor<4, 2, 2, 2> {
    x.conv3d(4, 2, stride = 2, name = "layer0")
}

#[network]
fn Conv3dStridePadding(x: Tensor<3, 5, 5, 5>) -> Tensor<4, 3, 3, 3> {
    x.conv3d(4, 2, stride = 2, padding = 1, name = "layer0")
}

#[network]
fn Convtranspose2d(x: Tensor<3, 7, 6>) -> Tensor<4, 20, 12> {
    x.conv_transpose2d(4, 3, stride = [3, 2], padding = 1, output_padding = 1, name = "layer0")
}

#[network]
fn Convtranspose2dNoBias(x: Tensor<3, 6, 7>) -> Tensor<4, 12, 20> {
    x.conv_transpose2d(4, 3, stride = [2, 3], padding = 1, output_padding = 1, bias = false, name = "layer0")
}

#[network]
fn Elu(x: Tensor<3, 2, 5>) -> Tensor<3, 2, 5> {
    x.elu(alpha = 2.0)
}

#[network]
fn Glu(x: Tensor<5, 6>) -> Tensor<5, 3> {
    let [part0_0, part0_1] = x.split([3, 3], axis = 1);
    part0_0 * part0_1.sigmoid()
}

#[network]
fn GluDim(x: Tensor<5, 6, 7>) -> Tensor<5, 3, 7> {
    let [part0_0, part0_1] = x.split([3, 3], axis = 1);
    part0_0 * part0_1.sigmoid()
}

#[network]
fn Leakyrelu(x: Tensor<3, 2, 5>) -> Tensor<3, 2, 5> {
    x.leaky_relu(negative_slope = 0.01)
}

#[network]
fn LeakyreluWithNegval(x: Tensor<3, 2, 5>) -> Tensor<3, 2, 5> {
    x.leaky_relu(negative_slope = 0.5)
}

#[network]
fn Linear(x: Tensor<4, 10>) -> Tensor<4, 8> {
    x.linear(8, name = "layer0")
}

#[network]
fn LinearNoBias(x: Tensor<4, 10>) -> Tensor<4, 8> {
    x.linear(8, bias = false, name = "layer0")
}

#[network]
fn Logsoftmax(x: Tensor<10, 20>) -> Tensor<10, 20> {
    x.log_softmax(axis = 1)
}

#[network]
fn Maxpool1d(x: Tensor<10, 4>) -> Tensor<10, 1> {
    x.max_pool1d(4)
}

#[network]
fn Maxpool1dStride(x: Tensor<10, 4>) -> Tensor<10, 1> {
    x.max_pool1d(4)
}

#[network]
fn Maxpool2d(x: Tensor<3, 7, 7>) -> Tensor<3, 4, 4> {
    x.max_pool2d(3, stride = 2, padding = 1)
}

#[network]
fn Maxpool3d(x: Tensor<3, 5, 5, 5>) -> Tensor<3, 2, 2, 2> {
    x.max_pool3d(2)
}

#[network]
fn Maxpool3dStride(x: Tensor<3, 5, 5, 5>) -> Tensor<3, 2, 2, 2> {
    x.max_pool3d(2)
}

#[network]
fn Maxpool3dStridePadding(x: Tensor<3, 5, 5, 5>) -> Tensor<3, 3, 3, 3> {
    x.max_pool3d(2, padding = 1)
}

#[network]
fn Prelu1d(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.prelu(name = "layer0")
}

#[network]
fn Prelu2d(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.prelu(name = "layer0")
}

#[network]
fn Prelu3d(x: Tensor<3, 4, 5, 6>) -> Tensor<3, 4, 5, 6> {
    x.prelu(name = "layer0")
}

#[network]
fn Pixelshuffle(x: Tensor<1, 9, 4, 4>) -> Tensor<1, 1, 12, 12> {
    x.reshape([1, 1, 3, 3, 4, 4]).permute([0, 1, 4, 2, 5, 3]).reshape([1, 1, 12, 12])
}

#[network]
fn PoissonnllllossNoReduce(x: Tensor<10, 10>) -> Tensor<10, 10> {
    x.exp() - (parameter([10, 10], name = "layer0") * x)
}

#[network]
fn Relu(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.relu()
}

#[network]
fn Reflectionpad2d(x: Tensor<2, 3, 8, 8>) -> Tensor<2, 3, 15, 11> {
    x.pad3d([0, 3, 1], after = [0, 4, 2], mode = Reflect)
}

#[network]
fn Replicationpad2d(x: Tensor<2, 3, 4, 4>) -> Tensor<2, 3, 11, 7> {
    x.pad3d([0, 3, 1], after = [0, 4, 2], mode = Replicate)
}

#[network]
fn Selu(x: Tensor<3, 2, 5>) -> Tensor<3, 2, 5> {
    x.selu()
}

#[network]
fn Sigmoid(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.sigmoid()
}

#[network]
fn Softmax(x: Tensor<10, 20>) -> Tensor<10, 20> {
    x.softmax(axis = 1)
}

#[network]
fn Softmin(x: Tensor<10, 20>) -> Tensor<10, 20> {
    x.neg().softmax(axis = 1)
}

#[network]
fn Softplus(x: Tensor<10, 20>) -> Tensor<10, 20> {
    x.softplus()
}

#[network]
fn Softsign(x: Tensor<3, 2, 5>) -> Tensor<3, 2, 5> {
    x / (x.abs() + 1.0)
}

#[network]
fn Tanh(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.tanh()
}

#[network]
fn Zeropad2d(x: Tensor<2, 3, 4, 4>) -> Tensor<2, 3, 11, 7> {
    x.pad3d([0, 3, 1], after = [0, 4, 2])
}

#[network]
fn LogSoftmaxDim3(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.log_softmax(axis = 3)
}

#[network]
fn LogSoftmaxLastdim(x: Tensor<2, 128>) -> Tensor<2, 128> {
    x.log_softmax(axis = 1)
}

#[network]
fn SoftmaxFunctionalDim3(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 3, 4, 5> {
    x.softmax(axis = 3)
}

#[network]
fn SoftmaxLastdim(x: Tensor<2, 128>) -> Tensor<2, 128> {
    x.softmax(axis = 1)
}

cases! {
    "pytorch_converted";
    avgpool1d: Avgpool1d,
    avgpool1d_stride: Avgpool1dStride,
    avgpool2d: Avgpool2d,
    avgpool2d_stride: Avgpool2dStride,
    avgpool3d: Avgpool3d,
    avgpool3d_stride: Avgpool3dStride,
    avgpool3d_stride1_pad0_gpu_input: Avgpool3dStride1Pad0GpuInput,
    batchnorm1d_3d_input_eval: Batchnorm1d3dInputEval,
    batchnorm2d_eval: Batchnorm2dEval,
    batchnorm2d_momentum_eval: Batchnorm2dMomentumEval,
    batchnorm3d_eval: Batchnorm3dEval,
    batchnorm3d_momentum_eval: Batchnorm3dMomentumEval,
    constantpad2d: Constantpad2d,
    conv1d: Conv1d,
    conv1d_dilated: Conv1dDilated,
    conv1d_groups: Conv1dGroups,
    conv1d_pad1: Conv1dPad1,
    conv1d_pad1size1: Conv1dPad1size1,
    conv1d_pad2: Conv1dPad2,
    conv1d_pad2size1: Conv1dPad2size1,
    conv1d_stride: Conv1dStride,
    conv2d: Conv2d,
    conv2d_depthwise: Conv2dDepthwise,
    conv2d_depthwise_padded: Conv2dDepthwisePadded,
    conv2d_depthwise_strided: Conv2dDepthwiseStrided,
    conv2d_depthwise_with_multiplier: Conv2dDepthwiseWithMultiplier,
    conv2d_dilated: Conv2dDilated,
    conv2d_groups: Conv2dGroups,
    conv2d_groups_thnn: Conv2dGroupsThnn,
    conv2d_no_bias: Conv2dNoBias,
    conv2d_padding: Conv2dPadding,
    conv2d_strided: Conv2dStrided,
    conv3d: Conv3d,
    conv3d_dilated: Conv3dDilated,
    conv3d_dilated_strided: Conv3dDilatedStrided,
    conv3d_groups: Conv3dGroups,
    conv3d_no_bias: Conv3dNoBias,
    conv3d_stride: Conv3dStride,
    conv3d_stride_padding: Conv3dStridePadding,
    convtranspose2d: Convtranspose2d,
    convtranspose2d_no_bias: Convtranspose2dNoBias,
    elu: Elu,
    glu: Glu,
    glu_dim: GluDim,
    leakyrelu: Leakyrelu,
    leakyrelu_with_negval: LeakyreluWithNegval,
    linear: Linear,
    linear_no_bias: LinearNoBias,
    logsoftmax: Logsoftmax,
    maxpool1d: Maxpool1d,
    maxpool1d_stride: Maxpool1dStride,
    maxpool2d: Maxpool2d,
    maxpool3d: Maxpool3d,
    maxpool3d_stride: Maxpool3dStride,
    maxpool3d_stride_padding: Maxpool3dStridePadding,
    prelu_1d: Prelu1d,
    prelu_2d: Prelu2d,
    prelu_3d: Prelu3d,
    pixelshuffle: Pixelshuffle,
    poissonnlllloss_no_reduce: PoissonnllllossNoReduce,
    relu: Relu,
    reflectionpad2d: Reflectionpad2d,
    replicationpad2d: Replicationpad2d,
    selu: Selu,
    sigmoid: Sigmoid,
    softmax: Softmax,
    softmin: Softmin,
    softplus: Softplus,
    softsign: Softsign,
    tanh: Tanh,
    zeropad2d: Zeropad2d,
    log_softmax_dim3: LogSoftmaxDim3,
    log_softmax_lastdim: LogSoftmaxLastdim,
    softmax_functional_dim3: SoftmaxFunctionalDim3,
    softmax_lastdim: SoftmaxLastdim,
}
