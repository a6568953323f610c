//! A budget on a generic network applies to instances that are used; here, another one is only named as a type.
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
