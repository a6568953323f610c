//! A network that fits in neither, and one declared without type-level costs.
use netcost::device::Stm32G0B1;
use netcost::prelude::*;

struct Driver<N: netcost::FitsIn<Stm32G0B1>>(std::marker::PhantomData<N>);

#[network(typelevel)]
fn Large(x: Tensor<3, 224, 224>) -> Tensor<10> {
    x.flatten().linear(10)
}

#[network]
fn NotAsked(x: Tensor<8>) -> Tensor<10> {
    x.linear(10)
}

static TOO_LARGE: Driver<Large> = Driver(std::marker::PhantomData);

fn unknown(_: Driver<NotAsked>) {}

fn main() {}
