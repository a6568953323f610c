//! Activations: from -8 to 8 with the places where they bend, and far beyond.

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
}
