//! A cost is a typenum integer that can be compared with others.
use netcost::TypeLevelCost;
use netcost::prelude::*;
use netcost::typenum::{IsLessOrEqual, True};

type Limit = netcost::typenum_of!(1_000);

fn schedule<N>()
where
    N: TypeLevelCost,
    N::Macs: IsLessOrEqual<Limit, Output = True>,
{
}

#[network(typelevel)]
fn Light(x: Tensor<100>) -> Tensor<10> {
    x.linear(10)
}

#[network(typelevel)]
fn Heavy(x: Tensor<100>) -> Tensor<11> {
    x.linear(11)
}

fn main() {
    schedule::<Light>();
    schedule::<Heavy>();
}
