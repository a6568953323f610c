//! The layer's name gives the number of axes of its window.
use netcost::prelude::*;

#[network]
fn Conv(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.conv3d(8, 3).flatten()
}

#[network]
fn Transposed(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.conv_transpose3d(8, 3).flatten()
}

#[network]
fn MaxPool(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.max_pool3d(2).flatten()
}

#[network]
fn AvgPool(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.avg_pool3d(2).flatten()
}

#[network]
fn AvgPoolOne(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.avg_pool1d(2).flatten()
}

#[network]
fn Mean(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.adaptive_avg_pool1d(2).flatten()
}

#[network]
fn MeanOfThree(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.adaptive_avg_pool3d(2).flatten()
}

#[network]
fn Greatest(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.adaptive_max_pool1d(2).flatten()
}

#[network]
fn GreatestOfNone(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.adaptive_max_pool2d([2, 0]).flatten()
}

#[network]
fn GreatestOfThree(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.adaptive_max_pool3d(2).flatten()
}

#[network]
fn Upsample(x: Tensor<6, 8, 8>) -> Tensor<8> {
    x.upsample1d(size = 4).flatten()
}

#[network]
fn UpsampleThree(x: Tensor<6, 8, 8, 8>) -> Tensor<8> {
    x.upsample3d(size = 4, mode = Bilinear).flatten()
}

#[network]
fn Pad(x: Tensor<6, 8>) -> Tensor<8> {
    x.pad1d(8, mode = Reflect).flatten()
}

fn main() {}
