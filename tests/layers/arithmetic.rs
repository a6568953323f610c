//! Arithmetic between tensors, broadcast or not, and with numbers.

use super::*;

#[network]
fn Add(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a + b
}

#[network]
fn AddChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a + b
}

#[network]
fn AddLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a + b
}

#[network]
fn AddBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a + b
}

#[network]
fn Sub(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a - b
}

#[network]
fn SubChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a - b
}

#[network]
fn SubLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a - b
}

#[network]
fn SubBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a - b
}

#[network]
fn Mul(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a * b
}

#[network]
fn MulChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a * b
}

#[network]
fn MulLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a * b
}

#[network]
fn MulBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a * b
}

#[network]
fn Div(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a / b
}

#[network]
fn DivChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a / b
}

#[network]
fn DivLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a / b
}

#[network]
fn DivBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a / b
}

#[network]
fn AddRank2ToRank3(a: Tensor<3, 4, 5>, b: Tensor<4, 5>) -> Tensor<3, 4, 5> {
    a.add(b)
}

#[network]
fn AddMiddleAxis(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 5>) -> Tensor<3, 4, 5> {
    a.add(b)
}

#[network]
fn MulOneElement(a: Tensor<3, 4>, b: Tensor<1>) -> Tensor<3, 4> {
    a.mul(b)
}

#[network]
fn AddRank4AxesInTurn(a: Tensor<2, 1, 3, 1>, b: Tensor<1, 4, 1, 5>) -> Tensor<2, 4, 3, 5> {
    a + b
}

#[network]
fn MulBothBroadcast(a: Tensor<3, 1, 5>, b: Tensor<4, 1>) -> Tensor<3, 4, 5> {
    a.mul(b)
}

#[network]
fn AddScalar(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x + 1.5
}

#[network]
fn SubScalar(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x - 0.75
}

#[network]
fn MulScalar(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x * -0.5
}

#[network]
fn DivScalar(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x / 3.0
}

#[network]
fn ScalarAdd(x: Tensor<3, 5>) -> Tensor<3, 5> {
    1.5 + x
}

#[network]
fn ScalarSub(x: Tensor<3, 5>) -> Tensor<3, 5> {
    1.0 - x
}

#[network]
fn ScalarMul(x: Tensor<3, 5>) -> Tensor<3, 5> {
    2.5 * x
}

#[network]
fn ScalarDiv(x: Tensor<3, 5>) -> Tensor<3, 5> {
    2.0 / x
}

#[network]
fn Scale(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 4> {
    x.scale(0.25)
}

#[network]
fn AddItself(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x + x
}

#[network]
fn SubOwnRelu(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x.sub(x.relu())
}

#[network]
fn MulOwnSigmoid(x: Tensor<3, 5>) -> Tensor<3, 5> {
    x * x.sigmoid()
}

#[network]
fn Constant(x: Tensor<3, 2, 4>) -> Tensor<3, 2, 4> {
    x * 0.5 + constant([3, 1, 1], 0.25)
}

#[network]
fn Iota(x: Tensor<3, 2, 4>) -> Tensor<3, 2, 4> {
    x * iota([1, 2, 1], axis = 1)
}

#[network]
fn ClassTokenAndPositions(x: Tensor<4, 6>) -> Tensor<1, 5, 6> {
    let class = parameter([1, 1, 6], name = "class_token");
    concat([class, x.unsqueeze(0)], axis = 1) + parameter([1, 5, 6], name = "positions")
}

#[network]
fn LayerScale(x: Tensor<4, 6>) -> Tensor<4, 6> {
    x + parameter([6], name = "scale") * x.relu()
}

#[network]
fn Parameter(x: Tensor<3, 2, 4>) -> Tensor<3, 2, 4> {
    x * parameter([3, 1, 1], name = "gain")
}

#[network]
fn Maximum(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a.maximum(b)
}

#[network]
fn MaximumChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a.maximum(b)
}

#[network]
fn MaximumLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a.maximum(b)
}

#[network]
fn MaximumBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a.maximum(b)
}

#[network]
fn Minimum(a: Tensor<3, 4, 5>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a.minimum(b)
}

#[network]
fn MinimumChannels(a: Tensor<3, 4, 5>, b: Tensor<3, 1, 1>) -> Tensor<3, 4, 5> {
    a.minimum(b)
}

#[network]
fn MinimumLastAxis(a: Tensor<3, 4, 5>, b: Tensor<5>) -> Tensor<3, 4, 5> {
    a.minimum(b)
}

#[network]
fn MinimumBroadcastLeft(a: Tensor<3, 1, 1>, b: Tensor<3, 4, 5>) -> Tensor<3, 4, 5> {
    a.minimum(b)
}

cases! {
    add: Add,
    add_channels: AddChannels,
    add_last_axis: AddLastAxis,
    add_broadcast_left: AddBroadcastLeft,
    sub: Sub,
    sub_channels: SubChannels,
    sub_last_axis: SubLastAxis,
    sub_broadcast_left: SubBroadcastLeft,
    mul: Mul,
    mul_channels: MulChannels,
    mul_last_axis: MulLastAxis,
    mul_broadcast_left: MulBroadcastLeft,
    div: Div,
    div_channels: DivChannels,
    div_last_axis: DivLastAxis,
    div_broadcast_left: DivBroadcastLeft,
    add_rank2_to_rank3: AddRank2ToRank3,
    add_middle_axis: AddMiddleAxis,
    mul_one_element: MulOneElement,
    add_rank4_axes_in_turn: AddRank4AxesInTurn,
    mul_both_broadcast: MulBothBroadcast,
    add_scalar: AddScalar,
    sub_scalar: SubScalar,
    mul_scalar: MulScalar,
    div_scalar: DivScalar,
    scalar_add: ScalarAdd,
    scalar_sub: ScalarSub,
    scalar_mul: ScalarMul,
    scalar_div: ScalarDiv,
    scale: Scale,
    add_itself: AddItself,
    sub_own_relu: SubOwnRelu,
    mul_own_sigmoid: MulOwnSigmoid,
    constant: Constant,
    iota: Iota,
    class_token_and_positions: ClassTokenAndPositions,
    layer_scale: LayerScale,
    parameter: Parameter,
    maximum: Maximum,
    maximum_channels: MaximumChannels,
    maximum_last_axis: MaximumLastAxis,
    maximum_broadcast_left: MaximumBroadcastLeft,
    minimum: Minimum,
    minimum_channels: MinimumChannels,
    minimum_last_axis: MinimumLastAxis,
    minimum_broadcast_left: MinimumBroadcastLeft,
}
