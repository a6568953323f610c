//! Networks that just fit a device, and user-declared devices.
use std::marker::PhantomData;

use netcost::device::{RaspberryPiPico, Stm32F407};
use netcost::prelude::*;
use netcost::typenum::{IsLessOrEqual, True, Unsigned};
use netcost::{FitsIn, TypeLevelCost};

netcost::device! {
    /// Exactly what `Edge` takes.
    pub Exact: flash = 4 * 12 * 11, ram = 4 * (11 + 12)
}

#[network(typelevel)]
pub fn Edge(x: Tensor<11>) -> Tensor<12> {
    x.linear(12, bias = false)
}

#[network]
pub fn Generic<const SIZE: usize>(x: Tensor<SIZE>) -> Tensor<10> {
    x.linear(10)
}

/// A generic network's instance has type-level costs when a concrete network wraps it.
#[network(typelevel)]
pub fn Wrapped(x: Tensor<640>) -> Tensor<10> {
    Generic::<640>(x)
}

#[network(typelevel, fuse, dtype = i8)]
pub fn Int8(x: Tensor<3, 32, 32>) -> Tensor<10> {
    x.conv2d(8, 3).batch_norm().relu().global_avg_pool().flatten().linear(10)
}

struct Driver<N: FitsIn<D>, D: netcost::Device>(PhantomData<(N, D)>);

fn schedule<N>() -> u64
where
    N: TypeLevelCost,
    N::Macs: IsLessOrEqual<netcost::typenum_of!(3_000_000), Output = True>,
{
    N::Macs::U64
}

fn main() {
    let _: Driver<Edge, Exact> = Driver(PhantomData);
    let _: Driver<Wrapped, Stm32F407> = Driver(PhantomData);
    let _: Driver<Int8, RaspberryPiPico> = Driver(PhantomData);
    assert_eq!(schedule::<Edge>(), Edge::MACS);
    assert_eq!(schedule::<Wrapped>(), Generic::<640>::MACS);
    fn check<N: TypeLevelCost>() {
        assert_eq!(N::Macs::U64, N::MACS);
        assert_eq!(N::Flops::U64, N::FLOPS);
        assert_eq!(N::Params::U64, N::PARAMS);
        assert_eq!(N::WeightBytes::U64, N::WEIGHT_BYTES);
        assert_eq!(N::ArenaBytes::U64, N::ARENA_BYTES);
    }
    check::<Edge>();
    check::<Wrapped>();
    check::<Int8>();
}
