//! The layers of a transformer: `transformer_encoder_layer`, `transformer_decoder_layer`.

use crate::base::message::Text;
use crate::base::name::Name;
use crate::graph::tensor::Tensor;
use crate::layers::activation::by_name::Activation;
use crate::layers::attention::attention::MultiHeadAttention;
use crate::layers::norm::normalisation::LayerNorm;
use crate::layers::product::linear::Linear;
use crate::op::module::Module;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::method(
        "transformer_encoder_layer",
        "TransformerEncoderLayer",
        &["nhead"],
        &["dim_feedforward", "activation", "layer_norm_eps", "norm_first", "bias", "src_mask", "is_causal"],
    ),
    Syntax::method(
        "transformer_decoder_layer",
        "TransformerDecoderLayer",
        &["memory", "nhead"],
        &[
            "dim_feedforward",
            "activation",
            "layer_norm_eps",
            "norm_first",
            "bias",
            "tgt_mask",
            "memory_mask",
            "tgt_is_causal",
        ],
    ),
];

/// The options of [`Tensor::transformer_encoder_layer`], PyTorch's `TransformerEncoderLayer`.
///
/// The state dict holds that of the [attention](MultiHeadAttention) as `self_attn`, `linear1.weight`,
/// `[dim_feedforward, features]`, `linear1.bias`, `linear2.weight`, `[features, dim_feedforward]`, `linear2.bias`, and
/// weight and bias of `norm1` and `norm2`.
#[derive(Clone, Copy)]
pub struct TransformerEncoderLayer<'g> {
    parts: Parts,
    mask: Option<Tensor<'g>>,
    is_causal: bool,
}

/// The options of [`Tensor::transformer_decoder_layer`], PyTorch's `TransformerDecoderLayer`.
///
/// The state dict holds those of the two [attentions](MultiHeadAttention) as `self_attn` and `multihead_attn`, and
/// `linear1`, `linear2`, `norm1`, `norm2` and `norm3` as an [encoder layer](TransformerEncoderLayer) has them.
#[derive(Clone, Copy)]
pub struct TransformerDecoderLayer<'g> {
    parts: Parts,
    memory: Tensor<'g>,
    mask: Option<Tensor<'g>>,
    memory_mask: Option<Tensor<'g>>,
    is_causal: bool,
}

/// What both are made of.
#[derive(Clone, Copy)]
struct Parts {
    layer: &'static str,
    nhead: usize,
    dim_feedforward: usize,
    activation: Activation,
    layer_norm_eps: f32,
    norm_first: bool,
    bias: bool,
}

macro_rules! options_of_parts {
    ($Options:ident) => {
        impl $Options<'_> {
            /// The features between the two linear layers: 2,048 unless said.
            pub const fn dim_feedforward(mut self, dim_feedforward: usize) -> Self {
                self.parts.dim_feedforward = dim_feedforward;
                self
            }

            /// What stands between the two linear layers: ReLU unless said.
            pub const fn activation(mut self, activation: Activation) -> Self {
                self.parts.activation = activation;
                self
            }

            /// What is added to the variance in the normalisations: 1e-5 unless said.
            pub const fn layer_norm_eps(mut self, layer_norm_eps: f32) -> Self {
                self.parts.layer_norm_eps = layer_norm_eps;
                self
            }

            /// Whether each part's input is normalised, and not the sum behind it.
            pub const fn norm_first(mut self, norm_first: bool) -> Self {
                self.parts.norm_first = norm_first;
                self
            }

            /// Whether linear layers and normalisations have a bias.
            pub const fn bias(mut self, bias: bool) -> Self {
                self.parts.bias = bias;
                self
            }
        }
    };
}

options_of_parts!(TransformerEncoderLayer);
options_of_parts!(TransformerDecoderLayer);

impl<'g> TransformerEncoderLayer<'g> {
    /// So many heads; 2,048 features between the linear layers, with ReLU, and normalisations behind the sums.
    pub const fn new(nhead: usize) -> Self {
        let parts = Parts::new("transformer_encoder_layer", nhead);
        TransformerEncoderLayer { parts, mask: None, is_causal: false }
    }

    /// What is added to the scores: the attention's [`attn_mask`](MultiHeadAttention::attn_mask).
    pub const fn src_mask(mut self, src_mask: Tensor<'g>) -> Self {
        self.mask = Some(src_mask);
        self
    }

    /// Whether token i sees those up to i only.
    pub const fn is_causal(mut self, is_causal: bool) -> Self {
        self.is_causal = is_causal;
        self
    }
}

impl<'g> TransformerDecoderLayer<'g> {
    /// With the tokens of `memory`, and so many heads; 2,048 features between the linear layers, with ReLU, and
    /// normalisations behind the sums.
    pub const fn new(memory: Tensor<'g>, nhead: usize) -> Self {
        let parts = Parts::new("transformer_decoder_layer", nhead);
        TransformerDecoderLayer { parts, memory, mask: None, memory_mask: None, is_causal: false }
    }

    /// What is added to the scores of `self_attn`: its [`attn_mask`](MultiHeadAttention::attn_mask).
    pub const fn tgt_mask(mut self, tgt_mask: Tensor<'g>) -> Self {
        self.mask = Some(tgt_mask);
        self
    }

    /// What is added to the scores of `multihead_attn`: its [`attn_mask`](MultiHeadAttention::attn_mask).
    pub const fn memory_mask(mut self, memory_mask: Tensor<'g>) -> Self {
        self.memory_mask = Some(memory_mask);
        self
    }

    /// Whether token i sees those up to i only, of its own.
    pub const fn tgt_is_causal(mut self, tgt_is_causal: bool) -> Self {
        self.is_causal = tgt_is_causal;
        self
    }
}

impl<'g> Tensor<'g> {
    /// Attention of tokens to each other, and two linear layers, each added to its input and normalised:
    /// `x = norm1(x + self_attn(x))`, `x = norm2(x + linear2(relu(linear1(x))))`, or with `norm_first`
    /// `x = x + self_attn(norm1(x))`, `x = x + linear2(relu(linear1(norm2(x))))`.
    ///
    /// `x.transformer_encoder_layer(8, dim_feedforward = 1024, activation = Activation::Gelu, norm_first = true)`. The
    /// tensor is `[tokens, features]`, and its shape is kept.
    #[track_caller]
    pub const fn transformer_encoder_layer(self, options: TransformerEncoderLayer<'g>) -> Tensor<'g> {
        let TransformerEncoderLayer { parts, mask, is_causal } = options;
        parts.check(self);
        let scope = self.builder.enter_module(Module::TransformerEncoderLayer { fused: parts.is_fused() });
        let x = if parts.norm_first {
            let x = self.add(parts.self_attn(parts.norm(self, &NORM1), mask, is_causal));
            x.add(parts.feed_forward(parts.norm(x, &NORM2)))
        } else {
            let x = parts.norm(self.add(parts.self_attn(self, mask, is_causal)), &NORM1);
            parts.norm(x.add(parts.feed_forward(x)), &NORM2)
        };
        self.builder.leave(scope);
        x
    }

    /// As [`transformer_encoder_layer`](Tensor::transformer_encoder_layer), with attention to the tokens of `memory`
    /// between the two, `norm2(x + multihead_attn(x, memory))`, or `x + multihead_attn(norm2(x), memory)`:
    /// `x.transformer_decoder_layer(memory, 8, tgt_is_causal = true)`.
    #[track_caller]
    pub const fn transformer_decoder_layer(self, options: TransformerDecoderLayer<'g>) -> Tensor<'g> {
        let TransformerDecoderLayer { parts, memory, mask, memory_mask, is_causal } = options;
        parts.check(self);
        let scope = self.builder.enter_module(Module::TransformerDecoderLayer);
        let x = if parts.norm_first {
            let x = self.add(parts.self_attn(parts.norm(self, &NORM1), mask, is_causal));
            let x = x.add(parts.multihead_attn(parts.norm(x, &NORM2), memory, memory_mask));
            x.add(parts.feed_forward(parts.norm(x, &NORM3)))
        } else {
            let x = parts.norm(self.add(parts.self_attn(self, mask, is_causal)), &NORM1);
            let x = parts.norm(x.add(parts.multihead_attn(x, memory, memory_mask)), &NORM2);
            parts.norm(x.add(parts.feed_forward(x)), &NORM3)
        };
        self.builder.leave(scope);
        x
    }
}

const NORM1: Name = Name::of(&["norm1"]);
const NORM2: Name = Name::of(&["norm2"]);
const NORM3: Name = Name::of(&["norm3"]);

impl Parts {
    const fn new(layer: &'static str, nhead: usize) -> Self {
        Parts {
            layer,
            nhead,
            dim_feedforward: 2048,
            activation: Activation::Relu,
            layer_norm_eps: 1e-5,
            norm_first: false,
            bias: true,
        }
    }

    /// Whether PyTorch has one operation for all of it: its conditions in `TransformerEncoderLayer.forward`.
    const fn is_fused(&self) -> bool {
        self.bias && self.nhead.is_multiple_of(2) && matches!(self.activation, Activation::Relu | Activation::Gelu)
    }

    #[track_caller]
    const fn check(&self, x: Tensor<'_>) {
        MultiHeadAttention::new(self.nhead).check(self.layer, &x.shape, &x.shape, &x.shape);
        if self.dim_feedforward == 0 {
            Text::new().str("`").str(self.layer).str("`: dim_feedforward is zero; it is at least 1").fail();
        }
    }

    #[track_caller]
    const fn self_attn<'g>(&self, x: Tensor<'g>, mask: Option<Tensor<'g>>, is_causal: bool) -> Tensor<'g> {
        let mut options = MultiHeadAttention::new(self.nhead).bias(self.bias).is_causal(is_causal);
        options.attn_mask = mask;
        x.attend(self.layer, options).name(Name::of(&["self_attn"]))
    }

    #[track_caller]
    const fn multihead_attn<'g>(&self, x: Tensor<'g>, memory: Tensor<'g>, mask: Option<Tensor<'g>>) -> Tensor<'g> {
        let mut options = MultiHeadAttention::new(self.nhead).bias(self.bias).key(memory);
        options.attn_mask = mask;
        x.attend(self.layer, options).name(Name::of(&["multihead_attn"]))
    }

    #[track_caller]
    const fn feed_forward<'g>(&self, x: Tensor<'g>) -> Tensor<'g> {
        let wide = x.linear(Linear::new(self.dim_feedforward).bias(self.bias)).name(Name::of(&["linear1"]));
        let narrow = Linear::new(x.width()).bias(self.bias);
        wide.activation(self.activation).linear(narrow).name(Name::of(&["linear2"]))
    }

    #[track_caller]
    const fn norm<'g>(&self, x: Tensor<'g>, name: &Name) -> Tensor<'g> {
        x.layer_norm(LayerNorm::new().eps(self.layer_norm_eps).bias(self.bias)).name(*name)
    }
}
