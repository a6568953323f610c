//! Activations: from -8 to 8, including the points where they bend, and far beyond.

use super::*;

#[network]
fn Relu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.relu()
}

#[network]
fn ReluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.relu()
}

#[network]
fn Relu6(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.relu6()
}

#[network]
fn Relu6LargeValues(x: Tensor<24>) -> Tensor<24> {
    x.relu6()
}

#[network]
fn LeakyRelu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.leaky_relu()
}

#[network]
fn LeakyReluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.leaky_relu()
}

#[network]
fn LeakyReluSlope(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.leaky_relu(negative_slope = 0.2)
}

#[network]
fn LeakyReluSlopeLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.leaky_relu(negative_slope = 0.2)
}

#[network]
fn Sigmoid(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.sigmoid()
}

#[network]
fn SigmoidLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.sigmoid()
}

#[network]
fn Tanh(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.tanh()
}

#[network]
fn TanhLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.tanh()
}

#[network]
fn HardSwish(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.hard_swish()
}

#[network]
fn HardSwishLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.hard_swish()
}

#[network]
fn HardSigmoid(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.hard_sigmoid()
}

#[network]
fn HardSigmoidLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.hard_sigmoid()
}

#[network]
fn Silu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.silu()
}

#[network]
fn SiluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.silu()
}

#[network]
fn Gelu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.gelu()
}

#[network]
fn GeluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.gelu()
}

#[network]
fn Elu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.elu()
}

#[network]
fn EluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.elu()
}

#[network]
fn EluAlpha(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.elu(alpha = 0.3)
}

#[network]
fn EluAlphaLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.elu(alpha = 0.3)
}

#[network]
fn Celu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.celu()
}

#[network]
fn CeluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.celu()
}

#[network]
fn CeluAlpha(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.celu(alpha = 2.5)
}

#[network]
fn CeluAlphaLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.celu(alpha = 2.5)
}

#[network]
fn Selu(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.selu()
}

#[network]
fn SeluLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.selu()
}

#[network]
fn Mish(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.mish()
}

#[network]
fn MishLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.mish()
}

#[network]
fn Softplus(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.softplus()
}

#[network]
fn SoftplusLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.softplus()
}

#[network]
fn SoftplusBetaThreshold(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.softplus(beta = 0.5, threshold = 3.0)
}

#[network]
fn SoftplusBetaThresholdLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.softplus(beta = 0.5, threshold = 3.0)
}

#[network]
fn Softsign(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.softsign()
}

#[network]
fn SoftsignLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.softsign()
}

#[network]
fn LogSigmoid(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.log_sigmoid()
}

#[network]
fn LogSigmoidLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.log_sigmoid()
}

#[network]
fn HardTanh(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.hard_tanh()
}

#[network]
fn HardTanhLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.hard_tanh()
}

#[network]
fn HardTanhLimits(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.hard_tanh(min_val = -0.5, max_val = 6.0)
}

#[network]
fn HardTanhLimitsLargeValues(x: Tensor<24>) -> Tensor<24> {
    x.hard_tanh(min_val = -0.5, max_val = 6.0)
}

#[network]
fn Clamp(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.clamp(-2.5, 3.25)
}

#[network]
fn ClampMin(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.clamp_min(-1.0)
}

#[network]
fn ClampMax(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.clamp_max(4.0)
}

#[network]
fn Abs(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.abs()
}

#[network]
fn Neg(x: Tensor<2, 3, 13>) -> Tensor<2, 3, 13> {
    x.neg()
}

#[network]
fn Exp(x: Tensor<5, 13>) -> Tensor<5, 13> {
    x.exp()
}

#[network]
fn Log(x: Tensor<5, 13>) -> Tensor<5, 13> {
    x.log()
}

#[network]
fn Sqrt(x: Tensor<5, 13>) -> Tensor<5, 13> {
    x.sqrt()
}

#[network]
fn Prelu(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.prelu()
}

#[network]
fn PreluChannels(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.prelu(num_parameters = 3)
}

#[network]
fn PreluRank1(x: Tensor<7>) -> Tensor<7> {
    x.prelu(num_parameters = 7)
}

#[network]
fn PreluConv2d(x: Tensor<2, 5, 5>) -> Tensor<2, 3, 3> {
    x.conv2d(4, 3).prelu(num_parameters = 4).conv2d(2, 1).prelu()
}

#[network]
fn Glu(x: Tensor<3, 8>) -> Tensor<3, 4> {
    x.glu()
}

#[network]
fn GluRank1(x: Tensor<8>) -> Tensor<4> {
    x.glu()
}

#[network]
fn GluChannels(x: Tensor<6, 3, 2>) -> Tensor<3, 3, 2> {
    x.glu(axis = 0)
}

#[network]
fn GluMiddle(x: Tensor<3, 4, 5>) -> Tensor<3, 2, 5> {
    x.glu(axis = -2)
}

#[network]
fn ActivationByName(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    x.activation(netcost::Activation::Gelu).activation(netcost::Activation::Silu)
}

cases! {
    relu: Relu,
    relu_large_values: ReluLargeValues,
    relu6: Relu6,
    relu6_large_values: Relu6LargeValues,
    leaky_relu: LeakyRelu,
    leaky_relu_large_values: LeakyReluLargeValues,
    leaky_relu_slope: LeakyReluSlope,
    leaky_relu_slope_large_values: LeakyReluSlopeLargeValues,
    sigmoid: Sigmoid,
    sigmoid_large_values: SigmoidLargeValues,
    tanh: Tanh,
    tanh_large_values: TanhLargeValues,
    hard_swish: HardSwish,
    hard_swish_large_values: HardSwishLargeValues,
    hard_sigmoid: HardSigmoid,
    hard_sigmoid_large_values: HardSigmoidLargeValues,
    silu: Silu,
    silu_large_values: SiluLargeValues,
    gelu: Gelu,
    gelu_large_values: GeluLargeValues,
    elu: Elu,
    elu_large_values: EluLargeValues,
    elu_alpha: EluAlpha,
    elu_alpha_large_values: EluAlphaLargeValues,
    celu: Celu,
    celu_large_values: CeluLargeValues,
    celu_alpha: CeluAlpha,
    celu_alpha_large_values: CeluAlphaLargeValues,
    selu: Selu,
    selu_large_values: SeluLargeValues,
    mish: Mish,
    mish_large_values: MishLargeValues,
    softplus: Softplus,
    softplus_large_values: SoftplusLargeValues,
    softplus_beta_threshold: SoftplusBetaThreshold,
    softplus_beta_threshold_large_values: SoftplusBetaThresholdLargeValues,
    softsign: Softsign,
    softsign_large_values: SoftsignLargeValues,
    log_sigmoid: LogSigmoid,
    log_sigmoid_large_values: LogSigmoidLargeValues,
    hard_tanh: HardTanh,
    hard_tanh_large_values: HardTanhLargeValues,
    hard_tanh_limits: HardTanhLimits,
    hard_tanh_limits_large_values: HardTanhLimitsLargeValues,
    clamp: Clamp,
    clamp_min: ClampMin,
    clamp_max: ClampMax,
    abs: Abs,
    neg: Neg,
    exp: Exp,
    log: Log,
    sqrt: Sqrt,
    prelu: Prelu,
    prelu_channels: PreluChannels,
    prelu_rank1: PreluRank1,
    prelu_conv2d: PreluConv2d,
    glu: Glu,
    glu_rank1: GluRank1,
    glu_channels: GluChannels,
    glu_middle: GluMiddle,
    activation_by_name: ActivationByName,
}
