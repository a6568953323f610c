//! A budget that holds, wherever it is placed; one that is not compiled in does not matter.
use netcost::prelude::*;

#[budget(macs <= 800)]
#[network]
fn Above(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[budget(macs <= 800)]
fn Below(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[budget(macs <= 800)]
#[network]
#[budget(params <= 810)]
#[budget(flash <= 4 KiB, ram <= 4 KiB)]
fn Several(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
#[cfg_attr(any(), budget(macs <= 1))]
fn NotCompiledIn(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[cfg_attr(any(), budget(macs <= 1))]
#[network]
fn NotCompiledInAbove(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network]
fn Generic<const INPUTS: usize>(x: Tensor<INPUTS>) -> Tensor<10> {
    x.linear(10)
}

#[budget(macs <= 800, warn = 90%)]
type Alias = Generic<80>;

fn main() {
    assert_eq!(Above::BUDGET.len(), 1);
    assert_eq!(Below::BUDGET.len(), 1);
    assert_eq!(Several::BUDGET.len(), 4);
    assert_eq!(NotCompiledIn::BUDGET.len() + NotCompiledInAbove::BUDGET.len(), 0);
    assert_eq!(Alias::MACS, 800);
}
