//! A limit may be any constant expression; its value is compared with the number.
use netcost::prelude::*;

const LIMIT: u64 = 100;
const ROOM: i32 = -1;

#[network]
#[budget(macs <= 2 * LIMIT)]
fn Over(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget(macs <= ROOM)]
fn Negative(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

fn main() {}
