//! What `for` cannot run over.
use netcost::prelude::*;

#[network]
fn Net(x: Tensor<3>) -> Tensor<3> {
    for (a, b) in [1, 2].iter().zip([3, 4]) {}
    for i in (0..3).map(|i| i + 1) {}
    for i in x.channels() {}
    for i in 0.. {}
    for i in [1, 2].iter_mut() {}
    x.relu()
}

fn main() {}
