//! Costs as types: typenum integers, and bounds such as `N: FitsIn<Stm32F407>`.

use typenum::{B1, IsLessOrEqual, LeEq, Unsigned};

use crate::device::device::Device;
use crate::network::network::Network;

/// The costs of a concrete network as typenum integers, implemented by `#[network(typelevel)]`.
///
/// ```text
/// #[network(typelevel)]
/// fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<12> { .. }
///
/// type Limit = netcost::typenum_of!(3_000_000);
/// fn schedule<N>() where N: TypeLevelCost, N::Macs: IsLessOrEqual<Limit, Output = True> { .. }
/// ```
///
/// It is opt-in because types are computed whenever the crate is checked: every network's arena would be planned,
/// whether needed or not. A generic network has no type-level costs; wrap an instance in a concrete network.
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

/// Holds if a network's weights fit in a device's flash.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the weights of `{N}` do not fit in the flash of `{D}`",
    label = "`{N}` is too large for `{D}`",
    note = "compare `{N}::WEIGHT_BYTES` with `{D}::FLASH_BYTES`; `{N}::report()` shows the layers that weigh most"
)]
pub trait FlashSuffices<N, D> {}
impl<N, D> FlashSuffices<N, D> for B1 {}

/// Holds if a network's arena fits in a device's RAM.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the arena of `{N}` does not fit in the RAM of `{D}`",
    label = "`{N}` is too large for `{D}`",
    note = "compare `{N}::ARENA_BYTES` with `{D}::RAM_BYTES`; `{N}::report()` marks the layer that makes the peak"
)]
pub trait RamSuffices<N, D> {}
impl<N, D> RamSuffices<N, D> for B1 {}

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
