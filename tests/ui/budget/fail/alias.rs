//! A budget on an instance of a generic network goes on its alias, and fires when the crate is checked.
use netcost::prelude::*;

#[network]
pub fn Classifier<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<10> {
    x.conv2d(8, 3).relu().global_avg_pool().flatten().linear(10)
}

#[budget(macs <= 1M)]
pub type Small = Classifier<32>;

#[budget(macs <= 1M)]
pub type Large = Classifier<224>;

fn main() {}
