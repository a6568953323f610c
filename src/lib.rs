#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

#[doc(no_inline)]
pub use netcost_core::typenum;
pub use netcost_core::*;

/// Declares a network: a function from tensors to tensors, evaluated at compile time.
///
/// The function becomes a type of the same name that implements [`Network`], whose constants are its costs, and a
/// `const fn` through which other networks use it as a block. Its parameters are its inputs. Each input and output
/// states its extents, without a batch axis: a number, a constant, or an expression in braces, as in
/// `Tensor<3, H, { W / 2 }>`. Several outputs are a tuple or an array of tensors. The function may have const generics.
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
/// | option | meaning |
/// |---|---|
/// | `fuse` | the network as it is deployed: each batch normalisation is folded into the convolution or linear layer before it, in `i8` each clamp too, and memory is shared: see [`Memory::peak_live_in_place_bytes`] |
/// | `dtype = i8` | the type of weights and activations: `f32` (the default), `f16`, `bf16`, `i16`, `i8` |
/// | `declared_order` | layers run in the order of the declaration, even if branches would take less memory in another one: see [`Memory::arena_bytes`] |
/// | `stream` | in `i8`: the network runs row by row, as far as its layers do: see [`RowRunner`] |
/// | `file = "net.tflite"` | the network is read from a file, and stands in place of a function: `pub struct Net;`. See below |
/// | `micro` | with `file`: the run rounds as TensorFlow Lite for Microcontrollers does |
/// | `typelevel` | the costs as typenum integers as well: [`TypeLevelCost`]; not for a generic network |
/// | `crate = path` | where netcost is, if it is re-exported; a name that `Cargo.toml` gives it is found there |
///
/// # Files
/// `#[network(file = "net.tflite")] pub struct Net;` reads a network of TensorFlow Lite, in `f32` or in 8-bit integers.
/// The path starts at the package's folder. Its layers have the names of the file's tensors; shapes are those of a
/// declaration, without a batch and with channels first. It is deployed as with `fuse`.
///
/// One in `f32` runs as a declared network does, on `Net::weights()`, an array for a static.
///
/// One in 8-bit integers runs, on memory as long as its types say:
/// - `Net::weights()`: a [`Weights<Net>`](Weights), the file's weights as the run reads them, for a static;
/// - `Net::run(&weights, &mut arena)` and `Net::run_each(..)`, on an [`Arena<Net>`](Arena);
/// - `Net::start(&weights, &mut arena)`, a [`QuantizedRunner`], if it keeps state; with `stream`, a [`RowRunner`], and then
///   `Net::run(&weights, &mut arena, &input)` takes the input, which does not lie in the arena.
///
/// ```
/// use netcost::prelude::*;
///
/// #[network(file = "examples/digits/digits.tflite")]
/// pub struct Digits;
///
/// static WEIGHTS: Weights<Digits> = Digits::weights();
///
/// let mut arena = Arena::<Digits>::new();
/// arena.input().fill(Digits::INPUTS[0].quantize(0.5));
/// assert_eq!(Digits::run(&WEIGHTS, &mut arena).unwrap().len(), 10);
/// assert_eq!(size_of::<Weights<Digits>>() as u64, Digits::WEIGHT_BYTES);
/// ```
///
/// # 8-bit integers
/// A declared network with `dtype = i8`, and without generic parameters, runs in the same way, on a
/// [`Weights<Net>`](Weights) that [`weights!`] reads from what [`quantize`](fn@quantize) has made, or from a `.tflite` file
/// whose layers are the same. Declare it with `fuse`: a normalisation that is not folded has no kernel.
///
/// # The body
/// The body is Rust that can be evaluated at compile time, extended as follows:
/// - layers take options by keyword: `x.conv2d(64, 3, stride = 2)`;
/// - layers and blocks take a name, which may contain numbers: `name = "layer{i + 1}"`;
/// - `for` loops over ranges, arrays, slices and lists, with `iter`, `into_iter`, `copied`, `rev`, `enumerate` and
///   `step_by` (a range with `enumerate` or `step_by` is a range of `usize`);
/// - `+ - * /` and their assignments are layers if an operand is a tensor;
/// - `vec![..]` and `Vec` are lists of up to 128 elements;
/// - `==` and `!=` compare with a variant of an enum: `act == Act::Relu`.
///
/// # Errors
/// A mistake in a shape is a compile error at the layer, operator or block call that makes it. A concrete network is
/// evaluated when its crate is checked, a generic one when it is instantiated.
///
/// An input that looks like an image with its channels last, such as `Tensor<96, 96, 1>`, is warned of: channels come
/// first. `#[allow(deprecated)]` under `#[network]` says that it is none.
pub use netcost_macros::network;

/// Declares a block: a function of tensors that networks and other blocks call.
///
/// It becomes a `const fn`, with the same kind of body as a [`macro@network`]. Parameters and result may have any type;
/// `Tensor` is a tensor of any shape, and `Tensor<8, 32, 32>` one whose shape is checked. `name = "layer{i}"` in a call
/// opens a scope for the names of its layers.
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
///     let x = residual(x, 8, name = "first");
///     residual(x, 16, name = "last")
/// }
///
/// assert_eq!(Stage::MACS, 256 * (72 * 8 + 72 * 16 + 8 * 16));
/// assert_eq!(Stage::PARAMS_TABLE[0].name.as_str(), "first.0.weight");
/// ```
///
/// `crate = path` says where netcost is, if not at `::netcost`.
///
/// # Errors
/// A block that makes a tensor from nothing (`parameter`, `constant`, `iota`), or gives a name to a block it calls,
/// needs a tensor among its arguments, from which it takes the graph.
pub use netcost_macros::block;

/// Limits what a network may cost: a network over its budget does not compile.
///
/// It goes above or below `#[network]`, any number of times, or on a type alias of an instance of a generic network.
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
/// A limit is `quantity <= value`, `quantity < value`, or `quantity == value`: a pin, which any change of the number
/// breaks. After `layer.`, the limit applies to each layer.
///
/// Quantities are `macs`, `macs_executed`, `macs_live`, `dead_channels`, `flops` and `params`, in `k`, `M`, `G`, `T`; and
/// `flash`, `ram`, `peak_live`, `peak_live_in_place`, `traffic` and `traffic_uncached`, in `B`, `kB`, `MB`, `GB`, `KiB`,
/// `MiB`, `GiB`. Numbers are exact decimals: `6.2M` is 6,200,000. A value may also be any constant expression. The numbers of other tools can be
/// limited under their own names, as in `fvcore.flops <= 300M`: see [`conventions`].
///
/// `warn = 90%` warns when a concrete network uses that share of a limit in the same attribute.
///
/// # Errors
/// A broken limit is a compile error, which names every broken limit, by how much it is exceeded, and the layers that
/// weigh most. The budget of a generic network is checked for each instance whose cost is read or that is run.
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

/// The weights of a network from a safetensors file, as a `[f32; N::WEIGHTS_LEN]`: `weights!(Net, "net.safetensors")`. Of
/// a file that [`quantize`](fn@quantize) has made, or a `.tflite` file in 8-bit integers, they are a
/// [`Weights<Net>`](Weights), for a network declared with `#[network(fuse, dtype = i8)]`.
///
/// The layers of a `.tflite` file are matched with the network's, from the outputs to the inputs: by kind, shape, options,
/// activation and wiring. The first that differs is a compile error, and what either has beyond the other.
///
/// The path is relative to the folder of the package. The tensors are matched by name as in [`weights::load`]; one that
/// is missing, misshapen, of another type, not finite or not of this network is a compile error. Only the numbers are
/// in the binary: put them in a `static`, from which the run reads them in place. If netcost is renamed, `crate = path`
/// after the file says where it is.
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
    pub use netcost_core::{Arena, Census, DataType, Extent, Network, Nonlinearity, Padding, Same, Tensor, Weights};
}
