//! Layers of one name share their weights, which must be alike; a name that is another layer's number is an accident.

use netcost::prelude::*;

#[network]
fn Shapes(x: Tensor<3>) -> Tensor<5> {
    x.linear(4, name = "fc").relu().linear(5, name = "fc")
}

#[network]
fn Bias(words: Tensor<6>) -> Tensor<6, 11> {
    words.embedding(11, 4, name = "words").linear(11, name = "words")
}

#[network]
fn Number(x: Tensor<3>) -> Tensor<3> {
    x.linear(3, name = "1").linear(3)
}

fn main() {}
