//! What cannot run at compile time.
use netcost::prelude::*;

#[block]
fn block(x: Tensor, widths: &[usize]) -> Tensor {
    let double = |x: Tensor| x + x;
    let total: usize = widths.iter().map(|width| width + 1).sum();
    let all = (0..4).collect::<Vec<_>>();
    println!("{total}");
    let name = format!("{total}");
    let x = widths.first()?;
    x
}

#[network]
fn Net(x: Tensor<3>) -> Tensor<3> {
    block(x, &[1]).relu()
}

fn main() {}
