//! The layers, a folder for each family and a file for each layer: how it is written, its shape rule, operations,
//! tensors, and kernel.
//!
//! Imports `base` to `graph`, whose nodes hold the layers of `list`: the one knot of the crate.

pub(crate) mod activation;
pub(crate) mod arithmetic;
pub(crate) mod attention;
pub(crate) mod conv;
pub(crate) mod custom;
pub(crate) mod list;
mod moves;
pub(crate) mod norm;
pub(crate) mod options;
pub(crate) mod pool;
pub(crate) mod product;
pub(crate) mod rearrange;
pub(crate) mod recurrent;
pub(crate) mod resample;
pub(crate) mod source;
pub(crate) mod stateful;

pub use crate::kernel::custom::{Arguments, Kernel};
pub use activation::by_name::Activation;
pub use activation::celu::Celu;
pub use activation::clamp::HardTanh;
pub use activation::elu::Elu;
pub use activation::glu::Glu;
pub use activation::leaky_relu::LeakyRelu;
pub use activation::prelu::Prelu;
pub use activation::softmax::Softmax;
pub use activation::softplus::Softplus;
pub use arithmetic::reduce::{Norm, Reduce};
pub use attention::attention::{MultiHeadAttention, ScaledDotProductAttention};
pub use attention::squeeze_excitation::SqueezeExcitation;
pub use attention::transformer::{TransformerDecoderLayer, TransformerEncoderLayer};
pub use conv::conv::{Conv1d, Conv2d, Conv3d};
pub use conv::conv_transpose::{ConvTranspose1d, ConvTranspose2d, ConvTranspose3d};
pub use custom::Custom;
#[doc(hidden)]
pub use list::KERNELS;
pub use norm::batch_norm::BatchNorm;
pub use norm::local_response_norm::LocalResponseNorm;
pub use norm::normalisation::{GroupNorm, InstanceNorm, LayerNorm, RmsNorm};
pub use pool::avg_pool::{AvgPool1d, AvgPool2d, AvgPool3d};
pub use pool::max_pool::{MaxPool1d, MaxPool2d, MaxPool3d};
pub use product::linear::Linear;
pub use rearrange::channel_shuffle::ChannelShuffle;
pub use rearrange::concat::Concat;
pub use rearrange::pad::{Pad1d, Pad2d, Pad3d, PadMode};
pub use rearrange::pixel_shuffle::{PixelShuffle, PixelUnshuffle};
pub use rearrange::slice::{Chunk, Split};
pub use recurrent::options::{Gru, GruCell, Lstm, LstmCell, Nonlinearity, Rnn, RnnCell};
pub use resample::upsample::{Upsample1d, Upsample2d, Upsample3d, UpsampleMode};
pub use source::constant::Constant;
pub use source::embedding::Embedding;
pub use source::iota::Iota;
pub use source::parameter::Parameter;
pub use stateful::initial_state::InitialState;
pub use stateful::streaming_conv::StreamingConv1d;
