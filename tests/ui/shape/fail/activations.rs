//! The arguments of activations must make sense: limits, slopes, halves.
use netcost::prelude::*;

#[network]
fn Alpha(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.celu(alpha = 0.0)
}

#[network]
fn Elu(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.elu(alpha = f32::INFINITY)
}

#[network]
fn Slope(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.leaky_relu(negative_slope = f32::NAN)
}

#[network]
fn Beta(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.softplus(beta = 0.0)
}

#[network]
fn Slopes(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.prelu(num_parameters = 8)
}

#[network]
fn Limits(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.hard_tanh(min_val = 2.0)
}

#[network]
fn Clamp(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.clamp(6.0, 0.0)
}

#[network]
fn Least(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.clamp_min(f32::NAN)
}

#[network]
fn Greatest(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.clamp_max(f32::NAN)
}

#[network]
fn Keyword(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.clamp(min = 0.0)
}

#[network]
fn Halves(x: Tensor<6, 7>) -> Tensor<6, 3> {
    x.glu()
}

#[network]
fn Axis(x: Tensor<6, 8>) -> Tensor<6, 8> {
    x.log_softmax()
}

fn main() {}
