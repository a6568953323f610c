//! An alias with limits of its own keeps those of the generic network.
use netcost::prelude::*;

#[network]
#[budget(params <= 10)]
fn Family<const N: usize>(x: Tensor<N>) -> Tensor<4> {
    x.linear(4)
}

#[budget(params <= 25k)]
type Small = Family<8>;

fn main() {}
