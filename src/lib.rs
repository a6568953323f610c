#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

#[doc(no_inline)]
pub use netcost_core::typenum;
pub use netcost_core::*;

/// Declares a network: `#[network] pub fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<12> { .. }`.
///
/// The function becomes a type that implements [`Network`], whose constants are its costs, and a `const fn` of the
/// same name, by which other networks use it as a block. Its parameters are its inputs; inputs and outputs are
/// tensors with their extents, `Tensor<3, H, { W / 2 }>`, and several outputs a tuple or an array. It may have const
/// generics.
///
/// | option | meaning |
/// |---|---|
/// | `fuse` | a batch normalisation is folded into the convolution or linear layer before it, memory is shared: see [`Memory::peak_live_in_place_bytes`] |
/// | `dtype = i8` | the bytes of weights and activations: `f32`, `f16`, `bf16`, `i16`, `i8` |
/// | `typelevel` | the costs as typenum integers: [`TypeLevelCost`] |
/// | `crate = path` | where netcost is, if it is renamed |
///
/// ```
/// use netcost::prelude::*;
///
/// #[network]
/// pub fn Perceptron<const IN: usize>(x: Tensor<IN>) -> Tensor<10> {
///     x.linear(32).relu().linear(10)
/// }
///
/// const MACS: u64 = Perceptron::<64>::MACS;
/// assert_eq!(MACS, 64 * 32 + 32 * 10);
/// ```
pub use netcost_macros::network;

/// Declares a block: a function of tensors, which networks and other blocks call.
///
/// It becomes a `const fn`; `name = "layer{i}"` in a call of it opens a scope of names.
///
/// ```
/// use netcost::prelude::*;
///
/// #[block]
/// pub fn dense(x: Tensor, out: usize, normalised: bool) -> Tensor {
///     let x = x.linear(out, bias = !normalised);
///     if normalised { x.batch_norm().relu() } else { x.relu() }
/// }
///
/// #[network]
/// fn Net(x: Tensor<8>) -> Tensor<4> {
///     let x = dense(x, 8, true, name = "first");
///     dense(x, 4, false, name = "second")
/// }
///
/// assert_eq!(Net::PARAMS_TABLE[0].name.as_str(), "first.0.weight");
/// ```
pub use netcost_macros::block;

/// Sets limits to what a network may cost: `#[budget(macs <= 3M, ram <= 64 KiB)]`, above or below `#[network]`, or on
/// a type alias of a generic network's instance. The numbers of other tools can be limited, too, under their own names:
/// `fvcore.flops <= 300M`; see [`conventions`].
///
/// A limit that is broken is a compile error, which names every broken limit and the layers that weigh most:
///
/// ```compile_fail
/// use netcost::prelude::*;
///
/// #[network]
/// #[budget(params <= 1k)]
/// fn Net(x: Tensor<100>) -> Tensor<20> {
///     x.linear(20)
/// }
/// ```
///
/// ```text
/// error[E0080]: evaluation panicked: `Net` breaks its budget
///                 params <= 1k: it has 2,020 parameters, 1,020 over (102.0 %)
///                   layer `0`, linear to 20:                 2,020, 100.0 %
/// ```
pub use netcost_macros::budget;

/// The weights of a network from a safetensors file, as a `[f32; N::WEIGHTS_LEN]`: `weights!(Net, "net.safetensors")`.
///
/// The path starts at the folder of the package. The tensors are matched by name as in [`weights::load`]; one that is
/// missing, misshapen, of another type, not finite or not of this network is a compile error. Only the numbers are in
/// the binary: put them in a `static`, from which the run reads them in place. `crate = path` behind the file tells
/// where netcost is, if it is renamed.
///
/// A file of 14 MB takes some two seconds to check; beyond tens of megabytes, or 100,000 channels of normalisations,
/// load at run time.
///
/// ```
/// use netcost::prelude::*;
///
/// #[network(fuse)]
/// pub fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
///     let x = x.conv2d(16, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2);
///     let x = x.conv2d(32, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2);
///     x.flatten().linear(10)
/// }
///
/// static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "examples/digits/weights.safetensors");
/// ```
pub use netcost_macros::weights;

/// What a declaration needs: `use netcost::prelude::*;`.
pub mod prelude {
    pub use crate::{block, budget, network};
    pub use netcost_core::PadMode::{self, Circular, Reflect, Replicate};
    pub use netcost_core::UpsampleMode::{self, Bicubic, Bilinear, Linear, Nearest, Trilinear};
    pub use netcost_core::{Census, DataType, Extent, Network, Nonlinearity, Padding, Same, Tensor};
}
