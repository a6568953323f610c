//! What a step of a run in 8-bit integers does: one of the kernels, with its numbers.

use core::cell::Cell;

use crate::int8::avg_pool::AvgPool;
use crate::int8::channels::words;
use crate::int8::conv::Conv;
use crate::int8::depthwise::Depthwise;
use crate::int8::elementwise::{Add, Mul, Operand};
use crate::int8::gather::Gather;
use crate::int8::linear::{Linear, WeightScales};
use crate::int8::max_pool::MaxPool;
use crate::int8::prelu::PRelu;
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::reduce::{Mean, ReduceMax, Sum};
use crate::int8::resize::{Bilinear, Grid, Nearest};
use crate::int8::scatter::{Pad, Scatter};
use crate::int8::softmax::Softmax;
use crate::int8::sums;
use crate::int8::table::{self, Function, Kind};
use crate::int8::windows::Windows;
use crate::kernel::step::Ran;
use crate::op::axis::Axis;

/// What a kernel is made from besides shapes: how its operands, its weights and its output stand for real numbers.
#[derive(Clone, Copy)]
pub(crate) struct Numbers {
    pub inputs: [Quantization; 2],
    pub weights: WeightScales,
    pub output: Quantization,
    pub activation: Activation,
    /// Whether the weights of a convolution of one channel lie as those of a depthwise one.
    pub is_depthwise: bool,
    /// Whether a convolution of one tap is a fully connected layer at each position.
    pub is_linear: bool,
    /// Whether a fully connected layer rounds its sums once, rather than twice.
    pub rounds_once: bool,
    /// What the inputs of a softmax are multiplied by.
    pub beta: f32,
    /// Where the elements of an image that is resized lie.
    pub grid: Grid,
}

impl Numbers {
    /// Integers that stand for themselves.
    pub const UNIT: Numbers = Numbers {
        inputs: [Quantization::UNIT; 2],
        weights: WeightScales::PerChannel,
        output: Quantization::UNIT,
        activation: Activation::None,
        is_depthwise: false,
        is_linear: false,
        rounds_once: true,
        beta: 1.0,
        grid: Grid::Corner,
    };
}

/// The numbers of a layer in a file: its weights as they lie there, a bias or nothing, and the scales, as bytes.
#[derive(Clone, Copy)]
pub(crate) struct Raw<'a> {
    pub weights: &'a [u8],
    pub bias: &'a [u8],
    pub scales: &'a [u8],
    pub input_scale: f32,
    pub output_scale: f32,
}

/// The memory that a kernel works on. An output may overlap its inputs as the kernel allows.
#[derive(Clone, Copy)]
pub(crate) struct Memory<'a> {
    pub inputs: [&'a [Cell<i8>]; 2],
    pub output: &'a [Cell<i8>],
    pub scratch: &'a [Cell<i8>],
    pub weights: &'a [u8],
}

/// Which kernels a run may need. All others stay out of the binary.
pub trait Kernels {
    /// A bit for each, in the order of their list.
    const MASK: u32;
}

/// A rectifier whose slopes are parameters, and how many these are.
#[derive(Clone, Copy)]
pub(crate) struct Slopes {
    pub prelu: PRelu,
    pub count: u32,
}

/// How a kernel takes rows one by one.
#[derive(Clone, Copy)]
pub(crate) enum Streams {
    /// Those of its windows; `shares` says whether the last may lie apart from the others.
    Windows { axis: Axis, shares: bool },
    /// Each gives the row of the same number, element by element.
    Elements,
    /// Each gives one, after so many elements of padding.
    Pads { before: u32 },
    /// All of them are added up to one.
    Sums,
    /// It needs all at once.
    No,
}

/// What the output of a kernel stands for.
#[derive(Clone, Copy)]
pub(crate) enum Scale {
    /// As the network has it.
    Any,
    /// As the inputs do.
    Inputs,
    /// Always the same.
    Fixed(Quantization),
}

/// The weights of a kernel, and how they stand for real numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scaled {
    /// It has none.
    Nothing,
    /// By a scale for each channel; and there are biases.
    Channels,
    /// By one scale.
    Whole,
    /// As the output does.
    Output,
}

impl Kernel {
    /// The same kernel of a layer with windows, from the last window to the first.
    pub const fn backward(self) -> Self {
        match self {
            Kernel::Conv(layer) => Kernel::Conv(layer.backward()),
            Kernel::Depthwise(layer) => Kernel::Depthwise(layer.backward()),
            Kernel::Linear(layer) => Kernel::Linear(layer.backward()),
            Kernel::AvgPool(layer) => Kernel::AvgPool(layer.backward()),
            Kernel::MaxPool(layer) => Kernel::MaxPool(layer.backward()),
            _ => panic!("a layer without windows does not run backward: this is a bug of netcost"),
        }
    }

    /// How it takes rows one by one.
    pub const fn streams(&self) -> Streams {
        match self {
            Kernel::Conv(layer) => Streams::Windows { axis: layer.windows.y, shares: true },
            Kernel::Depthwise(layer) => {
                let Windows { y, x, .. } = layer.windows;
                // Those for which assembly knows of a row apart.
                let shares = y.kernel == 1 || y.kernel == 3 && x.kernel == 3;
                Streams::Windows { axis: y, shares }
            }
            Kernel::AvgPool(layer) => match layer.windows {
                Windows { y, x, .. } if y.is_input() && x.is_input() => Streams::Sums,
                Windows { y, .. } => Streams::Windows { axis: y, shares: true },
            },
            Kernel::Mean(layer) if layer.is_of_positions() => Streams::Sums,
            Kernel::MaxPool(layer) => Streams::Windows { axis: layer.windows.y, shares: true },
            Kernel::Pad(layer) => Streams::Pads { before: layer.first() },
            Kernel::PRelu(slopes) if slopes.count > 1 && !slopes.prelu.repeats() => Streams::No,
            Kernel::Add(_) | Kernel::Mul(_) | Kernel::Table(_) | Kernel::PRelu(_) => Streams::Elements,
            _ => Streams::No,
        }
    }

    /// The same kernel for one row of so many elements, from an input with so many rows. Its windows are those of
    /// [any](Kernel::set_row).
    pub const fn by_rows(self, height: u32, row: u32) -> Self {
        match self {
            Kernel::Pad(layer) => Kernel::Pad(layer.by_rows(height, row)),
            Kernel::Add(layer) => Kernel::Add(layer.by_rows(height)),
            Kernel::Mul(layer) => Kernel::Mul(layer.by_rows(height)),
            Kernel::PRelu(Slopes { prelu, count }) => Kernel::PRelu(Slopes { prelu: prelu.by_rows(height), count }),
            other => other,
        }
    }

    /// Makes it that of a row of windows, of which the last row of taps lies `apart` further than it would.
    #[inline(always)]
    pub fn set_row(&mut self, y: Axis, apart: usize) {
        let windows = match self {
            Kernel::Conv(layer) => &mut layer.windows,
            Kernel::Depthwise(layer) => &mut layer.windows,
            Kernel::AvgPool(layer) => &mut layer.windows,
            Kernel::MaxPool(layer) => &mut layer.windows,
            Kernel::Pad(layer) => return layer.set_data(y.input > 0),
            _ => return,
        };
        (windows.y, windows.apart) = (y, apart);
    }

    /// Adds a row to the sums of an image and, if that is the last, makes the output of them.
    pub fn add_row<K: Kernels>(&self, row: &[Cell<i8>], sums: &[Cell<i8>], output: Option<&[Cell<i8>]>) -> Ran {
        sums::add(row, sums)?;
        let Some(output) = output else { return Some(()) };
        match self {
            Kernel::AvgPool(layer) if K::MASK & self.bit() != 0 => {
                sums::finish(sums, output, |sum| layer.mean(sum, layer.windows.taps() as i32))
            }
            Kernel::Mean(layer) if K::MASK & self.bit() != 0 => sums::finish(sums, output, |sum| Some(layer.mean(sum))),
            _ => None,
        }
    }

    /// What its output stands for.
    pub const fn output_scale(&self) -> Scale {
        match self {
            Kernel::AvgPool(_)
            | Kernel::MaxPool(_)
            | Kernel::ReduceMax(_)
            | Kernel::Pad(_)
            | Kernel::Gather(_)
            | Kernel::Scatter(_)
            | Kernel::Nearest(_)
            | Kernel::Bilinear(_)
            | Kernel::Update(_) => Scale::Inputs,
            Kernel::Softmax(_) | Kernel::Table(Function { kind: Kind::Logistic, .. }) => {
                Scale::Fixed(Quantization { scale: 1.0 / 256.0, zero_point: -128 })
            }
            Kernel::Table(Function { kind: Kind::Tanh, .. }) => {
                Scale::Fixed(Quantization { scale: 1.0 / 128.0, zero_point: 0 })
            }
            Kernel::Conv(_)
            | Kernel::Depthwise(_)
            | Kernel::Linear(_)
            | Kernel::Add(_)
            | Kernel::Mul(_)
            | Kernel::Table(_)
            | Kernel::PRelu(_)
            | Kernel::Mean(_)
            | Kernel::Sum(_)
            | Kernel::Constant(_) => Scale::Any,
        }
    }

    /// What its weights stand for.
    pub const fn weights(&self) -> Scaled {
        match self {
            Kernel::Conv(_) | Kernel::Depthwise(_) | Kernel::Linear(_) => Scaled::Channels,
            Kernel::PRelu(_) => Scaled::Whole,
            Kernel::Constant(_) => Scaled::Output,
            _ => Scaled::Nothing,
        }
    }

    /// A function of one number.
    pub const fn table(kind: Kind, input: Quantization, output: Quantization) -> Self {
        Kernel::Table(Function { kind, input, output })
    }
}

/// States the kernels: for each, its name, how many bytes of weights it has, how it packs them, and how it runs.
macro_rules! kernels {
    (
        |$raw:ident, $into:ident, $memory:ident|
        $($Kernel:ident($layer:ident: $Layer:ty) { bytes: $bytes:expr, pack: $pack:expr, run: $run:expr, })*
    ) => {
        /// A kernel with its numbers.
        #[derive(Clone, Copy)]
        pub(crate) enum Kernel {
            $($Kernel($Layer),)*
        }

        #[derive(Clone, Copy)]
        enum Code {
            $($Kernel,)*
        }

        impl Kernel {
            /// Its bit among those of a run.
            pub const fn bit(&self) -> u32 {
                match self {
                    $(Kernel::$Kernel(_) => 1 << Code::$Kernel as u32,)*
                }
            }

            /// The bytes that [`pack`](Self::pack) writes: whole words.
            #[allow(unused_variables)]
            pub const fn weight_bytes(&self) -> usize {
                match self {
                    $(Kernel::$Kernel($layer) => $bytes,)*
                }
            }

            /// The bytes of memory that it needs besides its operands and its output.
            pub const fn scratch_bytes(&self) -> usize {
                match self {
                    Kernel::Conv(layer) => layer.scratch_bytes(),
                    Kernel::Depthwise(layer) => layer.scratch_bytes(),
                    Kernel::Linear(layer) => layer.scratch_bytes(),
                    _ => 0,
                }
            }

            /// Packs what it reads of flash.
            ///
            /// # Panics
            /// If the lengths do not fit.
            #[allow(unused_variables)]
            pub const fn pack(&self, $raw: &Raw<'_>, $into: &mut [u8]) {
                match self {
                    $(Kernel::$Kernel($layer) => $pack,)*
                }
            }

            /// Runs it, if it is among the kernels that are linked.
            #[inline(always)]
            pub fn run<K: Kernels>(&self, $memory: Memory<'_>) -> Ran {
                match self {
                    $(Kernel::$Kernel($layer) if const { K::MASK & (1 << Code::$Kernel as u32) != 0 } => $run,)*
                    _ => None,
                }
            }
        }
    };
}

kernels! {
    |raw, into, memory|
    Conv(layer: Conv) {
        bytes: layer.weight_bytes(),
        pack: layer.pack(raw.weights, raw.bias, raw.scales, raw.input_scale, raw.output_scale, into),
        run: layer.run(memory.inputs[0], memory.output, memory.scratch, memory.weights),
    }
    Depthwise(layer: Depthwise) {
        bytes: layer.weight_bytes(),
        pack: layer.pack(raw.weights, raw.bias, raw.scales, raw.input_scale, raw.output_scale, into),
        run: layer.run(memory.inputs[0], memory.output, memory.scratch, memory.weights),
    }
    Linear(layer: Linear) {
        bytes: layer.weight_bytes(),
        pack: layer.pack(raw.weights, raw.bias, raw.scales, raw.input_scale, raw.output_scale, into),
        run: layer.run(memory.inputs[0], memory.output, memory.scratch, memory.weights),
    }
    AvgPool(layer: AvgPool) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    MaxPool(layer: MaxPool) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Add(layer: Add) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], Operand::Tensor(memory.inputs[1]), memory.output),
    }
    Mul(layer: Mul) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], Operand::Tensor(memory.inputs[1]), memory.output),
    }
    Table(function: Function) {
        bytes: 256,
        pack: into.copy_from_slice(&function.table()),
        run: {
            table::run(memory.inputs[0], memory.output, memory.weights.first_chunk()?);
            Some(())
        },
    }
    Softmax(layer: Softmax) {
        bytes: 0,
        pack: {},
        run: {
            layer.run(memory.inputs[0], memory.output);
            Some(())
        },
    }
    PRelu(layer: Slopes) {
        bytes: words(layer.count as usize),
        pack: into.split_at_mut(raw.weights.len()).0.copy_from_slice(raw.weights),
        run: layer.prelu.run(memory.inputs[0], Operand::Constant(memory.weights), memory.output),
    }
    Mean(layer: Mean) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Sum(layer: Sum) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    ReduceMax(layer: ReduceMax) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Pad(layer: Pad) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Gather(layer: Gather) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Scatter(layer: Scatter) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Nearest(layer: Nearest) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Bilinear(layer: Bilinear) {
        bytes: 0,
        pack: {},
        run: layer.run(memory.inputs[0], memory.output),
    }
    Update(len: u32) {
        bytes: 0,
        pack: {},
        run: {
            for (output, value) in memory.output.iter().zip(memory.inputs[1]).take(*len as usize) {
                output.set(value.get());
            }
            Some(())
        },
    }
    Constant(len: u32) {
        bytes: words(*len as usize),
        pack: into.split_at_mut(raw.weights.len()).0.copy_from_slice(raw.weights),
        run: {
            for (output, &value) in memory.output.iter().zip(memory.weights) {
                output.set(value as i8);
            }
            Some(())
        },
    }
}
