//! The layers. One file holds all there is to know of one family: how it is written, its shape rule, operation
//! census, parameters, and kernel. To add a layer is to write such a file and one line in the list below.

use crate::conventions::Row;
use crate::cost::Sums;
use crate::graph::Io;
use crate::machine::Machine;
use crate::name::Name;
use crate::program::{Step, Words};
use crate::syntax::Syntax;
use crate::{Census, Network, RunError, Shape};

/// Where a layer's output lies.
#[derive(Clone, Copy)]
pub(crate) enum Storage {
    /// In memory of its own.
    Own,
    /// In memory of its own, or in that of an operand of the same size that nobody reads afterwards.
    InPlace,
    /// In its input's memory, from an element on: nothing is moved.
    View { offset: u64 },
}

/// One tensor of a layer's state dict.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// Behind that of the layer; empty for a tensor that has the layer's.
    pub name: Name,
    pub shape: Shape,
    /// A parameter, as against a buffer such as a running mean.
    pub learned: bool,
    /// Added to sums, and so as wide as they are.
    pub bias: bool,
}

impl Entry {
    const NONE: Entry = Entry { name: Name::EMPTY, shape: Shape::new(&[]), learned: false, bias: false };

    pub const fn weight(shape: Shape) -> Self {
        Entry { name: Name::of(&["weight"]), shape, learned: true, bias: false }
    }

    pub const fn bias(shape: Shape) -> Self {
        Entry { name: Name::of(&["bias"]), shape, learned: true, bias: true }
    }
}

/// A layer's tensors in the state dict, in PyTorch's order.
#[derive(Clone, Copy)]
pub(crate) struct State {
    entries: [Entry; 4],
    /// The layer whose tensors they are instead, and its input features: a recurrent layer, which may have many.
    recurrent: Option<(Recurrent, usize)>,
    pub len: usize,
    /// The tensors are a normalisation's statistics, deployed as one scale and one shift a channel; its epsilon.
    pub normalisation: Option<f32>,
    /// The tensors are entries of the [module](crate::module::Module) that the layer is part of, not of the layer.
    pub of_module: bool,
}

impl State {
    pub const NONE: State =
        State { entries: [Entry::NONE; 4], recurrent: None, len: 0, normalisation: None, of_module: false };

    /// The tensors of a normalisation, each with one number a channel.
    pub const fn normalisation(channels: Shape, affine: bool, eps: f32) -> Self {
        let weight = Entry::weight(channels);
        let bias = Entry::bias(channels);
        let mean = Entry { name: Name::of(&["running_mean"]), learned: false, ..bias };
        let var = Entry { name: Name::of(&["running_var"]), learned: false, ..bias };
        let entries = if affine { [weight, bias, mean, var] } else { [mean, var, Entry::NONE, Entry::NONE] };
        State { entries, len: if affine { 4 } else { 2 }, normalisation: Some(eps), ..State::NONE }
    }

    /// One of them, below `len`.
    pub const fn entry(&self, index: usize) -> Entry {
        match &self.recurrent {
            Some((layer, features)) => layer.entry(index, *features),
            None => self.entries[index],
        }
    }

    /// Whether a normalisation has a learned weight and bias.
    pub const fn is_affine(&self) -> bool {
        self.len == 4
    }

    /// A weight of these extents and, if there is one, a bias along their first axis.
    pub const fn weight(shape: Shape, bias: bool) -> Self {
        let weight = Entry::weight(shape);
        let bias_entry = if bias { Entry::bias(Shape::of(1, [shape.at(0), 1, 1, 1, 1, 1])) } else { Entry::NONE };
        State { entries: [weight, bias_entry, Entry::NONE, Entry::NONE], len: 1 + bias as usize, ..State::NONE }
    }

    /// The same tensors as entries of the module that the layer is part of, by these names.
    pub const fn of_module(mut self, names: &[Name]) -> Self {
        self.of_module = true;
        let mut entry = 0;
        while entry < self.len {
            self.entries[entry].name = names[entry];
            entry += 1;
        }
        self
    }
}

/// A kernel finds its step's words and memory as the planner laid them out, or gives `None`.
pub(crate) type Ran = Option<()>;

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

/// The operations of a layer for each element, where it works element by element.
macro_rules! each {
    ($module:ident, $layer:ident, each) => {
        $module::$layer::EACH
    };
    ($module:ident, $layer:ident $(, $own:ident)?) => {
        Census::ZERO
    };
}

macro_rules! layers {
    ($($module:ident: $layer:ident $($own:ident)?,)*; $($composite:ident,)*) => {
        $(pub(crate) mod $module;)*
        $(pub(crate) mod $composite;)*

        /// A layer with its options.
        #[derive(Clone, Copy)]
        pub(crate) enum Op {
            $($layer($module::$layer),)*
        }

        /// How every layer is written.
        pub(crate) const SYNTAX: &[&[Syntax]] = &[$($module::SYNTAX,)* $($composite::SYNTAX,)*];

        /// The kernels, in the order of their bits in a network's mask.
        #[doc(hidden)]
        pub const KERNELS: &[&str] = &[$(stringify!($layer)),*];

        #[derive(Clone, Copy)]
        #[repr(u8)]
        pub(crate) enum Code {
            $($layer,)*
        }

        /// The operations for each element of the layers that work element by element.
        const EACH: [Census; Op::COUNT] = [$(each!($module, $layer $(, $own)?)),*];

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

        /// Runs one step. `mask` has a bit for every kernel in use, and keeps the others out of the binary.
        #[inline(always)]
        pub(crate) fn execute<N: Network, M: Machine>(code: u8, machine: &mut M, step: Step<'_, '_>) -> Ran {
            match code {
                $(code if code == Code::$layer as u8 && N::MASK & (1 << Code::$layer as u32) != 0 => {
                    $module::$layer::kernel(machine, step)
                })*
                _ => None,
            }
        }
    };
}

layers! {
    input: Input,
    conv: Conv counts,
    batch_norm: BatchNorm counts,
    relu: Relu each,
    elementwise: Elementwise counts,
    concat: Concat counts,
    linear: Linear counts,
    conv_transpose: ConvTranspose,
    normalisation: Normalisation,
    local_response_norm: LocalResponseNorm,
    relu6: Relu6 each,
    leaky_relu: LeakyRelu each,
    prelu: Prelu,
    elu: Elu each,
    celu: Celu each,
    selu: Selu each,
    sigmoid: Sigmoid each,
    log_sigmoid: LogSigmoid each,
    tanh: Tanh each,
    hard_sigmoid: HardSigmoid each,
    hard_swish: HardSwish each,
    silu: Silu each,
    gelu: Gelu each,
    mish: Mish each,
    softplus: Softplus each,
    softsign: Softsign each,
    clamp: Clamp,
    exp: Exp each,
    log: Log each,
    sqrt: Sqrt each,
    abs: Abs each,
    neg: Neg each,
    glu: Glu,
    softmax: Softmax,
    log_softmax: LogSoftmax,
    max_pool: MaxPool,
    avg_pool: AvgPool,
    adaptive_avg_pool: AdaptiveAvgPool,
    adaptive_max_pool: AdaptiveMaxPool,
    reshape: Reshape,
    identity: Identity,
    scalar: Scalar,
    slice: Slice,
    permute: Permute,
    roll: Roll,
    reduce: Reduction,
    matmul: Matmul,
    in_projection: InProjection,
    causal_mask: CausalMask,
    embedding: Embedding,
    recurrent: Recurrent,
    pad: Pad,
    upsample: Upsample,
    bicubic: Bicubic,
    pixel_shuffle: Shuffle,
    channel_shuffle: ChannelShuffle,
    parameter: Parameter,
    constant: Constant,
    iota: Iota,
    custom: Custom,
    // Made of those above.
    ;
    activation,
    attention,
    transformer,
    squeeze_excitation,
}

pub use activation::Activation;
pub use attention::{MultiHeadAttention, ScaledDotProductAttention};
pub use avg_pool::{AvgPool1d, AvgPool2d, AvgPool3d};
pub use batch_norm::BatchNorm;
pub use celu::Celu;
pub use channel_shuffle::ChannelShuffle;
pub use clamp::HardTanh;
pub use concat::Concat;
pub use constant::Constant;
pub use conv::{Conv1d, Conv2d, Conv3d};
pub use conv_transpose::{ConvTranspose1d, ConvTranspose2d, ConvTranspose3d};
pub use custom::{Arguments, Custom, Kernel};
pub use elu::Elu;
pub use embedding::Embedding;
pub use glu::Glu;
pub use iota::Iota;
pub use leaky_relu::LeakyRelu;
pub use linear::Linear;
pub use local_response_norm::LocalResponseNorm;
pub use max_pool::{MaxPool1d, MaxPool2d, MaxPool3d};
pub use normalisation::{GroupNorm, InstanceNorm, LayerNorm, RmsNorm};
pub use pad::{Pad1d, Pad2d, Pad3d, PadMode};
pub use parameter::Parameter;
pub use pixel_shuffle::{PixelShuffle, PixelUnshuffle};
pub use prelu::Prelu;
use recurrent::Recurrent;
pub use recurrent::{Gru, GruCell, Lstm, LstmCell, Nonlinearity, Rnn, RnnCell};
pub use reduce::{Norm, Reduce};
pub use slice::{Chunk, Split};
pub use softmax::Softmax;
pub use softplus::Softplus;
pub use squeeze_excitation::SqueezeExcitation;
pub use transformer::{TransformerDecoderLayer, TransformerEncoderLayer};
pub use upsample::{Upsample1d, Upsample2d, Upsample3d, UpsampleMode};

#[cfg(test)]
mod random_networks;
#[cfg(test)]
pub(crate) mod testing;

/// Why a step did not run, if it is for what it was given.
pub(crate) fn refusal<N: Network>(code: u8, layer: usize, step: Step<'_, '_>) -> Option<RunError> {
    if code == Code::Embedding as u8 && N::MASK & (1 << Code::Embedding as u32) != 0 {
        return Embedding::refusal(layer, step);
    }
    None
}

/// The sums of elements of the layers that work element by element: of those of one operand by their code, then of
/// those of two by their operation.
pub(crate) const EACH_LEN: usize = Op::COUNT + elementwise::OPERATIONS.len();

/// Adds what so many elements of each such layer cost.
pub(crate) const fn count_each(each: &[u128; EACH_LEN], sums: &mut Sums) {
    let mut i = 0;
    while i < EACH_LEN {
        if each[i] != 0 {
            if i < Op::COUNT {
                sums.count_each(&EACH[i], 1, each[i]);
            } else {
                sums.count_each(&elementwise::OPERATIONS[i - Op::COUNT].each(), 2, each[i]);
            }
        }
        i += 1;
    }
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
