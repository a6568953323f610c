//! A budget on a generic network is for the instances that are used: of another one, only the type is named here.
use netcost::prelude::*;

#[network]
#[budget(macs <= 1M)]
pub fn Classifier<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<10> {
    x.conv2d(8, 3).relu().global_avg_pool().flatten().linear(10)
}

pub type TooLarge = Classifier<224>;

fn main() {
    assert_eq!(Classifier::<32>::MACS, 8 * 27 * 30 * 30 + 80);
}
