//! The list of layers, each with the data types that it has kernels for, and a match over all of them for each question
//! that is asked of a layer.

use crate::base::dtype::DataType;
use crate::graph::io::Io;
use crate::int8::kernel::{Kernel, Numbers};
use crate::kernel::machine::Machine;
use crate::kernel::mask::Kernels;
use crate::kernel::step::{Ran, Step};
use crate::layers::{
    activation, arithmetic, attention, conv, custom, norm, pool, product, rearrange, recurrent, resample, source,
    stateful,
};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::sums::Sums;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

macro_rules! layers {
    (
        frequent { $($($frequent:ident)::+: $Frequent:ident for $($frequent_type:ident)+,)* }
        activations { $($($activation:ident)::+: $Activation:ident for $($activation_type:ident)+,)* }
        others { $($($other:ident)::+: $Other:ident for $($other_type:ident)+,)* }
        composed { $($($composite:ident)::+,)* }
    ) => {
        layers! {
            {
                $($($frequent)::+: $Frequent for $($frequent_type)+,)*
                $($($activation)::+: $Activation for $($activation_type)+,)*
                $($($other)::+: $Other for $($other_type)+,)*
            }
            { $($($composite)::+,)* }
        }

        // The const interpreter spends time on each arm of a match, whichever is taken: a question that is asked of
        // each layer of each network tries the frequent ones first.
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
    ({ $($($module:ident)::+: $layer:ident for $($type:ident)+,)* } { $($($composite:ident)::+,)* }) => {
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

            /// Whether it has a kernel for a data type.
            pub const fn runs_on(&self, dtype: DataType) -> bool {
                match self {
                    $(Op::$layer(_) => matches!(dtype, $(DataType::$type)|+),)*
                }
            }

            /// Its kernel over integers of 8 bits, if it has one for its options.
            pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
                match self {
                    $(Op::$layer(layer) => int8!(layer, io, numbers, $($type)+),)*
                }
            }

            /// What other tools count for it.
            pub const fn conventions(&self, io: Io<'_>) -> Row {
                match self {
                    $(Op::$layer(layer) => layer.conventions(io),)*
                }
            }

            /// Writes what its kernel needs to know.
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
                // What an inline const rules out is not even compiled.
                $(code if code == Code::$layer as u8 && const { K::MASK & (1 << Code::$layer as u32) != 0 } => {
                    $($module::)+$layer::kernel(machine, step)
                })*
                _ => None,
            }
        }
    };
}

macro_rules! int8 {
    ($layer:ident, $io:ident, $numbers:ident, F32) => {{
        let _ = $layer;
        None
    }};
    ($layer:ident, $io:ident, $numbers:ident, F32 I8) => {
        $layer.int8($io, $numbers)
    };
}

layers! {
    frequent {
        conv::conv: Conv for F32 I8,
        norm::batch_norm: BatchNorm for F32,
        activation::relu: Relu for F32 I8,
        arithmetic::binary: Elementwise for F32 I8,
        rearrange::concat: Concat for F32,
        product::linear: Linear for F32 I8,
    }
    activations {
        activation::relu6: Relu6 for F32 I8,
        activation::leaky_relu: LeakyRelu for F32 I8,
        activation::elu: Elu for F32,
        activation::celu: Celu for F32,
        activation::selu: Selu for F32,
        activation::sigmoid: Sigmoid for F32 I8,
        activation::log_sigmoid: LogSigmoid for F32,
        activation::tanh: Tanh for F32 I8,
        activation::hard_sigmoid: HardSigmoid for F32,
        activation::hard_swish: HardSwish for F32 I8,
        activation::silu: Silu for F32,
        activation::gelu: Gelu for F32,
        activation::mish: Mish for F32,
        activation::softplus: Softplus for F32,
        activation::softsign: Softsign for F32,
        activation::exp: Exp for F32,
        activation::log: Log for F32,
        activation::sqrt: Sqrt for F32,
        activation::abs: Abs for F32,
        activation::neg: Neg for F32,
    }
    others {
        source::input: Input for F32,
        conv::conv_transpose: ConvTranspose for F32,
        norm::normalisation: Normalisation for F32,
        norm::local_response_norm: LocalResponseNorm for F32,
        activation::prelu: Rectifier for F32 I8,
        activation::clamp: Clamp for F32 I8,
        activation::glu: Glu for F32,
        activation::softmax: Softmax for F32 I8,
        activation::log_softmax: LogSoftmax for F32,
        pool::max_pool: MaxPool for F32 I8,
        pool::avg_pool: AvgPool for F32 I8,
        pool::adaptive_avg_pool: AdaptiveAvgPool for F32 I8,
        pool::adaptive_max_pool: AdaptiveMaxPool for F32,
        rearrange::reshape: Reshape for F32,
        rearrange::identity: Identity for F32,
        arithmetic::scalar: Scalar for F32 I8,
        rearrange::slice: Slice for F32 I8,
        rearrange::permute: Permute for F32 I8,
        rearrange::roll: Roll for F32,
        arithmetic::reduce: Reduction for F32 I8,
        product::matmul: Matmul for F32,
        product::in_projection: InProjection for F32,
        attention::causal_mask: CausalMask for F32,
        source::embedding: Embedding for F32,
        recurrent::recurrent: Recurrent for F32,
        rearrange::pad: Pad for F32 I8,
        resample::upsample: Upsample for F32 I8,
        resample::bicubic: Bicubic for F32,
        rearrange::pixel_shuffle: Shuffle for F32,
        rearrange::channel_shuffle: ChannelShuffle for F32,
        source::parameter: Parameter for F32 I8,
        source::constant: Constant for F32,
        source::iota: Iota for F32,
        stateful::initial_state: InitialState for F32,
        stateful::update: Update for F32 I8,
        stateful::ring: Ring for F32,
        stateful::streaming_conv: StreamingConv for F32,
        custom: Custom for F32,
    }
    composed {
        activation::by_name,
        attention::attention,
        attention::transformer,
        attention::squeeze_excitation,
    }
}

impl Op {
    /// The node of an input of a network.
    pub const INPUT: Op = Op::Input(source::input::Input);

    /// The same layer where its weights are not those of a file: none of its channels is known to be dead.
    pub const fn of_any_weights(self) -> Op {
        match self {
            Op::Conv(conv) if conv.dead > 0 => Op::Conv(conv.dead(0)),
            Op::Linear(linear) => Op::Linear(linear.dead(0)),
            other => other,
        }
    }
}

/// Every way to write a layer.
pub fn all() -> impl Iterator<Item = &'static Syntax> {
    SYNTAX.iter().flat_map(|layer| layer.iter())
}

/// The layer that is written `name`.
pub fn find(name: &str) -> Option<&'static Syntax> {
    all().find(|syntax| syntax.name == name)
}
