//! The list of layers: what is asked of every one of them, by a match on each.

use crate::base::shape::Shape;
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

/// What a layer costs: by a method of its own where it is frequent, else by its state and its work.
macro_rules! count {
    ($layer:ident, $io:ident, $sums:ident, counts) => {
        $layer.count($io, $sums)
    };
    ($layer:ident, $io:ident, $sums:ident, each) => {
        $sums.count_each(&$layer.each(), 1, $io.elements() as u128)
    };
    ($layer:ident, $io:ident, $sums:ident) => {
        $sums.count($io, &$layer.state($io), &$layer.work($io))
    };
}

macro_rules! layers {
    ($($($module:ident)::+: $layer:ident $($own:ident)?,)*; $($($composite:ident)::+,)*) => {
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

            /// The operator, as it is written: `conv2d`.
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

            /// Adds what it costs.
            pub const fn count(&self, io: Io<'_>, sums: &mut Sums) {
                match self {
                    $(Op::$layer(layer) => count!(layer, io, sums $(, $own)?),)*
                }
            }

            /// What other tools count for it.
            pub const fn conventions(&self, io: Io<'_>) -> Row {
                match self {
                    $(Op::$layer(layer) => layer.conventions(io),)*
                }
            }

            /// Where its output lies.
            pub const fn storage(&self) -> Storage {
                match self {
                    $(Op::$layer(layer) => layer.storage(),)*
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
    source::input: Input,
    conv::conv: Conv counts,
    norm::batch_norm: BatchNorm counts,
    activation::relu: Relu each,
    arithmetic::binary: Elementwise counts,
    rearrange::concat: Concat counts,
    product::linear: Linear counts,
    conv::conv_transpose: ConvTranspose,
    norm::normalisation: Normalisation,
    norm::local_response_norm: LocalResponseNorm,
    activation::relu6: Relu6 each,
    activation::leaky_relu: LeakyRelu each,
    activation::prelu: Prelu,
    activation::elu: Elu each,
    activation::celu: Celu each,
    activation::selu: Selu each,
    activation::sigmoid: Sigmoid each,
    activation::log_sigmoid: LogSigmoid each,
    activation::tanh: Tanh each,
    activation::hard_sigmoid: HardSigmoid each,
    activation::hard_swish: HardSwish each,
    activation::silu: Silu each,
    activation::gelu: Gelu each,
    activation::mish: Mish each,
    activation::softplus: Softplus each,
    activation::softsign: Softsign each,
    activation::clamp: Clamp,
    activation::exp: Exp each,
    activation::log: Log each,
    activation::sqrt: Sqrt each,
    activation::abs: Abs each,
    activation::neg: Neg each,
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
    // Made of those above.
    ;
    activation::by_name,
    attention::attention,
    attention::transformer,
    attention::squeeze_excitation,
}

impl Op {
    /// Whether a normalisation of its output can be folded into it: it ends each sum, so it can scale and shift it.
    pub const fn takes_epilogue(&self, output: &Shape) -> bool {
        match self {
            Op::Conv(_) | Op::ConvTranspose(_) => true,
            // A normalisation goes along axis 0, which is that of the features only when it is the last one too.
            Op::Linear(_) => output.rank() == 1,
            _ => false,
        }
    }

    /// The output channel that an element of its weights belongs to, for a layer that takes an epilogue.
    #[cfg(feature = "std")]
    pub fn channel_of(&self, weight: &Shape, element: usize) -> usize {
        match self {
            Op::ConvTranspose(conv) => conv.channel_of(weight, element),
            _ => element / weight.product(1, weight.rank()) as usize,
        }
    }

    /// Elements of memory that its kernel needs while it runs, beside operands and output.
    pub const fn scratch(&self, io: Io<'_>) -> u64 {
        match self {
            Op::Recurrent(recurrent) => recurrent.scratch(io),
            Op::Custom(custom) => custom.scratch_elements(),
            _ => 0,
        }
    }

    /// Elements that it gives behind its output, for layers that see them as theirs.
    pub const fn tail(&self) -> u64 {
        match self {
            Op::Recurrent(recurrent) => recurrent.tail(),
            _ => 0,
        }
    }

    /// Whether its operands lie one behind the other in its output.
    pub const fn is_contiguous_concat(&self, output: &Shape) -> bool {
        match self {
            Op::Concat(concat) => concat.is_contiguous(output),
            _ => false,
        }
    }

    /// How many elements before its input its output has to start to be written over it: a kernel that works channel
    /// by channel and window by window. `None` if it works otherwise.
    pub const fn lag(&self, output: &Shape) -> Option<u64> {
        match self {
            Op::Conv(conv) => conv.lag(output),
            Op::MaxPool(pool) => Some(pool.lag(output)),
            Op::AvgPool(pool) => Some(pool.lag(output)),
            _ => None,
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
