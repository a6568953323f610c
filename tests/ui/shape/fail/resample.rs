//! Impossible paddings, interpolations and shuffles.
use netcost::prelude::*;

#[network]
fn Reflection(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.pad2d([2, 1], after = [0, 4], mode = Reflect).flatten()
}

#[network]
fn Value(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.pad2d(1, mode = Replicate, value = 1.0).flatten()
}

#[network]
fn Axes(x: Tensor<3, 8>) -> Tensor<8> {
    x.pad3d(1).flatten()
}

#[network]
fn Size(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.upsample2d(mode = Bilinear).flatten()
}

#[network]
fn Both(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.upsample2d(scale_factor = 2, size = 16).flatten()
}

#[network]
fn Scale(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.upsample2d(scale_factor = [2, 0]).flatten()
}

#[network]
fn Corners(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.upsample2d(scale_factor = 2, align_corners = true).flatten()
}

#[network]
fn Mode(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.upsample2d(scale_factor = 2, mode = Trilinear).flatten()
}

#[network]
fn Around(x: Tensor<3, 8, 4>) -> Tensor<8> {
    x.pad2d(5, mode = Circular).flatten()
}

#[network]
fn Rank(x: Tensor<3, 8>) -> Tensor<8> {
    x.upsample2d(scale_factor = 2).flatten()
}

#[network]
fn Square(x: Tensor<6, 8, 4>) -> Tensor<8> {
    x.pixel_shuffle(2).flatten()
}

#[network]
fn Factor(x: Tensor<6, 8, 4>) -> Tensor<8> {
    x.pixel_unshuffle(3).flatten()
}

#[network]
fn Groups(x: Tensor<6, 8, 4>) -> Tensor<8> {
    x.channel_shuffle(4).flatten()
}

fn main() {}
