//! The list of layers: what is asked of every one of them, by a match on each.

use crate::graph::io::Io;
use crate::kernel::machine::Machine;
use crate::kernel::mask::Kernels;
use crate::kernel::step::{Ran, Step};
use crate::layers::{
    activation, arithmetic, attention, conv, custom, norm, pool, product, rearrange, recurrent, resample, source,
};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::sums::Sums;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

macro_rules! layers {
    (
        frequent { $($($frequent:ident)::+: $Frequent:ident,)* }
        activations { $($($activation:ident)::+: $Activation:ident,)* }
        others { $($($other:ident)::+: $Other:ident,)* }
        composed { $($($composite:ident)::+,)* }
    ) => {
        layers! {
            { $($($frequent)::+: $Frequent,)* $($($activation)::+: $Activation,)* $($($other)::+: $Other,)* }
            { $($($composite)::+,)* }
        }

        // The const interpreter takes a time for each arm of a match, whichever is taken: what is asked of each layer of
        // each network is asked of the frequent ones first.
        impl Op {
            /// Adds its cost: with a method of its own, or from its state and its work.
            pub const fn count(&self, io: Io<'_>, sums: &mut Sums) {
                match self {
                    $(Op::$Frequent(layer) => layer.count(io, sums),)*
                    other => other.count_any(io, sums),
                }
            }

            const fn count_any(&self, io: Io<'_>, sums: &mut Sums) {
                match self {
                    $(Op::$Frequent(layer) => layer.count(io, sums),)*
                    $(Op::$Activation(layer) => layer.count(io, sums),)*
                    $(Op::$Other(layer) => sums.count(io, &layer.state(io), &layer.work(io)),)*
                }
            }

            /// How it uses memory.
            pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
                match self {
                    $(Op::$Frequent(layer) => layer.storage(io),)*
                    other => other.storage_of_any(io),
                }
            }

            const fn storage_of_any(&self, io: Io<'_>) -> Storage<'_> {
                match self {
                    $(Op::$Frequent(layer) => layer.storage(io),)*
                    $(Op::$Activation(layer) => layer.storage(io),)*
                    $(Op::$Other(layer) => layer.storage(io),)*
                }
            }
        }
    };
    ({ $($($module:ident)::+: $layer:ident,)* } { $($($composite:ident)::+,)* }) => {
        /// A layer with its options.
        #[derive(Clone, Copy)]
        pub(crate) enum Op {
            $($layer($($module::)+$layer),)*
        }

        /// How every layer is written.
        pub(crate) const SYNTAX: &[&[Syntax]] = &[$($($module::)+SYNTAX,)* $($($composite::)+SYNTAX,)*];

        /// The kernels, in the order of their bits in a network's mask.
        #[doc(hidden)]
        pub const KERNELS: &[&str] = &[$(stringify!($layer)),*];

        #[derive(Clone, Copy)]
        #[repr(u8)]
        pub(crate) enum Code {
            $($layer,)*
        }

        impl Op {
            /// How many kinds of layers there are.
            pub const COUNT: usize = [$(Code::$layer),*].len();

            /// The number of its kernel.
            pub const fn code(&self) -> u8 {
                match self {
                    $(Op::$layer(_) => Code::$layer as u8,)*
                }
            }

            /// The operator, as written in a declaration: `conv2d`.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Op::$layer(layer) => layer.name(),)*
                }
            }

            /// Its parameters and buffers.
            pub const fn state(&self, io: Io<'_>) -> State {
                match self {
                    $(Op::$layer(layer) => layer.state(io),)*
                }
            }

            /// What other tools count for it.
            pub const fn conventions(&self, io: Io<'_>) -> Row {
                match self {
                    $(Op::$layer(layer) => layer.conventions(io),)*
                }
            }

            /// Writes what its kernel has to know.
            pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
                match self {
                    $(Op::$layer(layer) => layer.encode(io, words),)*
                }
            }
        }

        /// Runs one step.
        #[inline(always)]
        pub(crate) fn execute<K: Kernels, M: Machine>(code: u8, machine: &mut M, step: Step<'_, '_>) -> Ran {
            match code {
                $(code if code == Code::$layer as u8 && K::MASK & (1 << Code::$layer as u32) != 0 => {
                    $($module::)+$layer::kernel(machine, step)
                })*
                _ => None,
            }
        }
    };
}

layers! {
    frequent {
        conv::conv: Conv,
        norm::batch_norm: BatchNorm,
        activation::relu: Relu,
        arithmetic::binary: Elementwise,
        rearrange::concat: Concat,
        product::linear: Linear,
    }
    activations {
        activation::relu6: Relu6,
        activation::leaky_relu: LeakyRelu,
        activation::elu: Elu,
        activation::celu: Celu,
        activation::selu: Selu,
        activation::sigmoid: Sigmoid,
        activation::log_sigmoid: LogSigmoid,
        activation::tanh: Tanh,
        activation::hard_sigmoid: HardSigmoid,
        activation::hard_swish: HardSwish,
        activation::silu: Silu,
        activation::gelu: Gelu,
        activation::mish: Mish,
        activation::softplus: Softplus,
        activation::softsign: Softsign,
        activation::exp: Exp,
        activation::log: Log,
        activation::sqrt: Sqrt,
        activation::abs: Abs,
        activation::neg: Neg,
    }
    others {
        source::input: Input,
        conv::conv_transpose: ConvTranspose,
        norm::normalisation: Normalisation,
        norm::local_response_norm: LocalResponseNorm,
        activation::prelu: Prelu,
        activation::clamp: Clamp,
        activation::glu: Glu,
        activation::softmax: Softmax,
        activation::log_softmax: LogSoftmax,
        pool::max_pool: MaxPool,
        pool::avg_pool: AvgPool,
        pool::adaptive_avg_pool: AdaptiveAvgPool,
        pool::adaptive_max_pool: AdaptiveMaxPool,
        rearrange::reshape: Reshape,
        rearrange::identity: Identity,
        arithmetic::scalar: Scalar,
        rearrange::slice: Slice,
        rearrange::permute: Permute,
        rearrange::roll: Roll,
        arithmetic::reduce: Reduction,
        product::matmul: Matmul,
        product::in_projection: InProjection,
        attention::causal_mask: CausalMask,
        source::embedding: Embedding,
        recurrent::recurrent: Recurrent,
        rearrange::pad: Pad,
        resample::upsample: Upsample,
        resample::bicubic: Bicubic,
        rearrange::pixel_shuffle: Shuffle,
        rearrange::channel_shuffle: ChannelShuffle,
        source::parameter: Parameter,
        source::constant: Constant,
        source::iota: Iota,
        custom: Custom,
    }
    composed {
        activation::by_name,
        attention::attention,
        attention::transformer,
        attention::squeeze_excitation,
    }
}

impl Op {
    /// What an input of a network is among its nodes.
    pub const INPUT: Op = Op::Input(source::input::Input);
}

/// Every way to write a layer.
pub fn all() -> impl Iterator<Item = &'static Syntax> {
    SYNTAX.iter().flat_map(|layer| layer.iter())
}

/// The layer that is written `name`.
pub fn find(name: &str) -> Option<&'static Syntax> {
    all().find(|syntax| syntax.name == name)
}
