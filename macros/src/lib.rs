//! The attributes of the crate `netcost`, which re-exports them: depend on that crate.
//!
//! A declaration passes through the files here in
//! this order: `parse` (what was written), `check` (what may not be written) to `model`, `lower` (the body), `expand`.
//! `pipeline` joins them as functions of tokens.

#![forbid(unsafe_code)]

mod budget;
mod check;
mod expand;
mod lower;
mod model;
mod parse;
mod pipeline;
mod place;
mod report;
#[cfg(test)]
mod tests;
mod weights;

use proc_macro::TokenStream;

/// Declares a network: a function from tensors to tensors that is evaluated at compile time.
///
/// It becomes a type of the function's name, which implements `netcost::Network` and so carries the costs as constants,
/// and a function of that name, so that networks are blocks of other networks. Extents are written in the signature,
/// without a batch axis; each is a number, a constant, or an expression in braces. Several inputs are several
/// parameters; several outputs are a tuple or an array of tensors.
///
/// ```
/// use netcost::prelude::*;
///
/// #[network]
/// pub fn Classifier<const CLASSES: usize>(x: Tensor<3, 32, 32>) -> Tensor<CLASSES> {
///     let mut x = x;
///     for i in 0..3 {
///         x = x.conv2d(16 << i, 3, stride = 2, padding = 1, bias = false, name = "conv{i}").batch_norm().relu();
///     }
///     x.flatten().linear(CLASSES)
/// }
///
/// const MACS: u64 = Classifier::<10>::MACS;
/// assert_eq!(MACS, 16 * 16 * 27 * 16 + 8 * 8 * 144 * 32 + 4 * 4 * 288 * 64 + 1024 * 10);
/// ```
///
/// # Options
/// - `fuse`: the network as it is deployed: normalisations folded into the layer before them, activations in place.
/// - `dtype = i8` (or `f32`, `f16`, `bf16`, `i16`): the type of weights and activations.
/// - `typelevel`: the costs as `typenum` integers, too. Not for a generic network.
/// - `crate = path`: where the `netcost` crate is found, if not at `::netcost`.
///
/// # The body
/// It is Rust that can be evaluated at compile time, and beyond that:
/// - layers take options by keyword: `x.conv2d(64, 3, stride = 2)`;
/// - layers and blocks take a name, with numbers in it: `name = "layer{i + 1}"`;
/// - `for` runs over ranges, arrays, slices and lists, with `iter`, `into_iter`, `copied`, `rev`, `enumerate` and
///   `step_by` (a range with `enumerate` or `step_by` is one of `usize`);
/// - `+ - * /` and their assignments are layers where an operand is a tensor;
/// - `vec![..]` and `Vec` are lists of up to 128 elements;
/// - `==` and `!=` compare with a variant of an enum: `act == Act::Relu`.
///
/// # Errors
/// A mistake in a shape is a compile error at the layer, operator or call of a block that has it. A concrete network is
/// evaluated when its crate is checked, a generic one with each instance.
#[proc_macro_attribute]
pub fn network(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::network(arguments.into(), item.into()).into()
}

/// Declares a block: a function of tensors that networks and other blocks call.
///
/// It becomes a `const fn`, with a body as that of a [`macro@network`]. Its parameters and its result are of any types;
/// `Tensor` is a tensor of any shape, and `Tensor<8, 32, 32>` one of this shape, which is checked.
///
/// ```
/// use netcost::prelude::*;
///
/// #[block]
/// fn residual(x: Tensor, out: usize) -> Tensor {
///     let y = x.conv2d(out, 3, padding = 1, bias = false).batch_norm();
///     let skip = if x.channels() == out { x } else { x.conv2d(out, 1, bias = false).batch_norm() };
///     (y + skip).relu()
/// }
///
/// #[network]
/// fn Stage(x: Tensor<8, 16, 16>) -> Tensor<16, 16, 16> {
///     residual(residual(x, 8), 16, name = "last")
/// }
///
/// assert_eq!(Stage::MACS, 256 * (72 * 8 + 72 * 16 + 8 * 16));
/// ```
///
/// # Options
/// - `crate = path`: where the `netcost` crate is found, if not at `::netcost`.
///
/// # Errors
/// A block that makes a tensor of nothing (`parameter`, `constant`) or gives a name needs a tensor among its arguments:
/// from it, the graph is known.
#[proc_macro_attribute]
pub fn block(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::block(arguments.into(), item.into()).into()
}

/// Sets limits to what a network may cost: a network over its budget does not compile.
///
/// It stands above or below `#[network]`, as often as one likes, or on a type alias of an instance of a generic network.
///
/// ```
/// use netcost::prelude::*;
///
/// const FLASH: usize = 64 * 1024;
///
/// #[network]
/// #[budget(macs <= 1.5M, flash <= FLASH, ram <= 8 KiB, layer.macs < 1M, warn = 90%)]
/// fn Detector<const SIZE: usize>(x: Tensor<1, SIZE, SIZE>) -> Tensor<4, SIZE, SIZE> {
///     x.conv2d(4, 3, padding = 1)
/// }
///
/// #[budget(macs == 9_216)]
/// type Small = Detector<16>;
///
/// assert_eq!(Small::MACS, 9_216);
/// ```
///
/// # Limits
/// `quantity <= value`, `quantity < value`, or `quantity == value`: a pin, which any change of the number breaks.
/// Behind `layer.`, the limit is for each layer.
///
/// Quantities are `macs`, `macs_executed`, `flops` and `params`, in `k`, `M`, `G`, `T`; and `flash`, `ram`, `peak_live`,
/// `peak_live_in_place`, `traffic` and `traffic_uncached`, in `B`, `kB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`. Numbers are
/// exact decimals: `6.2M` is 6,200,000. A value may also be any constant expression.
///
/// `warn = 90%` warns when a concrete network uses that much of a limit of the same attribute.
///
/// # Errors
/// One error at the first limit that is broken names all broken limits, by how much, and the layers that weigh most.
/// The budget of a generic network is checked with each instance that is asked for its cost, or runs.
#[proc_macro_attribute]
pub fn budget(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::budget(arguments.into(), item.into()).into()
}

/// The weights of a network from a safetensors file.
#[proc_macro]
pub fn weights(input: TokenStream) -> TokenStream {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    weights::expand(input.into(), root.as_ref()).into()
}
