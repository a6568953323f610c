//! Costs as types: typenum integers, and bounds such as `N: FitsIn<Stm32F407>`.

use typenum::{B0, B1, Bit, IsLessOrEqual, LeEq, UInt, UTerm, Unsigned};

use crate::device::device::Device;
use crate::network::Network;

/// The costs of a concrete network as typenum integers; `#[network(typelevel)]` gives it.
///
/// ```text
/// #[network(typelevel)]
/// fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<12> { .. }
///
/// type Limit = netcost::typenum_of!(3_000_000);
/// fn schedule<N>() where N: TypeLevelCost, N::Macs: IsLessOrEqual<Limit, Output = True> { .. }
/// ```
///
/// It is asked for rather than given to every network because a type is computed whenever the crate is checked: it
/// would have every network's arena planned, needed or not. A generic network has no type-level costs; wrap the
/// instance in a concrete one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no type-level costs",
    label = "this network is not declared with `typelevel`",
    note = "declare it with `#[network(typelevel)]`; wrap an instance of a generic network in a concrete one"
)]
pub trait TypeLevelCost: Network {
    /// [`Network::MACS`]
    type Macs: Unsigned;
    /// [`Network::FLOPS`]
    type Flops: Unsigned;
    /// [`Network::PARAMS`]
    type Params: Unsigned;
    /// [`Network::WEIGHT_BYTES`]
    type WeightBytes: Unsigned;
    /// [`Network::ARENA_BYTES`]
    type ArenaBytes: Unsigned;
}

/// A network whose weights fit in the flash of a device, and whose arena fits in its RAM.
///
/// ```text
/// fn deploy<N: FitsIn<Stm32F407>>() { .. }
/// deploy::<ResNet152>();
/// // error[E0277]: the weights of `ResNet152` do not fit in the flash of `Stm32F407`
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit in `{D}`",
    note = "declare the network with `#[network(typelevel)]` for its costs to be known to the type system"
)]
pub trait FitsIn<D: Device>: TypeLevelCost {}

impl<N, D> FitsIn<D> for N
where
    N: TypeLevelCost,
    D: Device,
    N::WeightBytes: IsLessOrEqual<D::Flash>,
    N::ArenaBytes: IsLessOrEqual<D::Ram>,
    LeEq<N::WeightBytes, D::Flash>: FlashSuffices<N, D>,
    LeEq<N::ArenaBytes, D::Ram>: RamSuffices<N, D>,
{
}

/// The comparison of a network's weights with a device's flash, where it holds.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the weights of `{N}` do not fit in the flash of `{D}`",
    label = "`{N}` is too large for `{D}`",
    note = "compare `{N}::WEIGHT_BYTES` with `{D}::FLASH_BYTES`; `{N}::report()` shows the layers that weigh most"
)]
pub trait FlashSuffices<N, D> {}
impl<N, D> FlashSuffices<N, D> for B1 {}

/// The comparison of a network's arena with a device's RAM, where it holds.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the arena of `{N}` does not fit in the RAM of `{D}`",
    label = "`{N}` is too large for `{D}`",
    note = "compare `{N}::ARENA_BYTES` with `{D}::RAM_BYTES`; `{N}::report()` marks the layer that makes the peak"
)]
pub trait RamSuffices<N, D> {}
impl<N, D> RamSuffices<N, D> for B1 {}

/// Appends a binary digit to a typenum integer; folded over the bits of a constant, it turns it into its type.
#[doc(hidden)]
pub trait Push<const BIT: bool> {
    /// The longer integer.
    type Out;
}

impl Push<false> for UTerm {
    type Out = UTerm;
}
impl Push<true> for UTerm {
    type Out = UInt<UTerm, B1>;
}
impl<U: Unsigned, B: Bit> Push<false> for UInt<U, B> {
    type Out = UInt<UInt<U, B>, B0>;
}
impl<U: Unsigned, B: Bit> Push<true> for UInt<U, B> {
    type Out = UInt<UInt<U, B>, B1>;
}

/// The typenum integer of a `u64` constant: `typenum_of!(3_000_000)`, `typenum_of!(DsCnn::MACS)`. Not in a generic
/// context.
#[macro_export]
macro_rules! typenum_of {
    ($value:expr) => {
        $crate::typenum_of!(@ ($value) $crate::__macro::UTerm;
            63 62 61 60 59 58 57 56 55 54 53 52 51 50 49 48 47 46 45 44 43 42 41 40 39 38 37 36 35 34 33 32
            31 30 29 28 27 26 25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0)
    };
    (@ ($value:expr) $number:ty;) => { $number };
    (@ ($value:expr) $number:ty; $bit:literal $($rest:literal)*) => {
        $crate::typenum_of!(@ ($value)
            <$number as $crate::__macro::Push<{ let value: u64 = $value; (value >> $bit) & 1 == 1 }>>::Out; $($rest)*)
    };
}

/// What `#[network(typelevel)]` adds.
#[doc(hidden)]
#[macro_export]
macro_rules! __typelevel {
    ($network:ty) => {
        impl $crate::TypeLevelCost for $network {
            type Macs = $crate::typenum_of!(<$network as $crate::Network>::MACS);
            type Flops = $crate::typenum_of!(<$network as $crate::Network>::FLOPS);
            type Params = $crate::typenum_of!(<$network as $crate::Network>::PARAMS);
            type WeightBytes = $crate::typenum_of!(<$network as $crate::Network>::WEIGHT_BYTES);
            type ArenaBytes = $crate::typenum_of!(<$network as $crate::Network>::ARENA_BYTES);
        }
    };
}
