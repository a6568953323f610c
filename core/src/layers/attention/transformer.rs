//! The layers of a transformer: `transformer_encoder_layer`, `transformer_decoder_layer`.

use crate::base::message::Text;
use crate::base::name::Name;
use crate::graph::tensor::Tensor;
use crate::layers::activation::by_name::Activation;
use crate::layers::attention::attention::MultiHeadAttention;
use crate::layers::norm::normalisation::LayerNorm;
use crate::layers::options::options;
use crate::layers::product::linear::Linear;
use crate::op::module::Module;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[
    TransformerEncoderLayer::syntax("transformer_encoder_layer", "TransformerEncoderLayer"),
    TransformerDecoderLayer::syntax("transformer_decoder_layer", "TransformerDecoderLayer"),
];

/// What both consist of.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    layer: &'static str,
    nhead: usize,
    dim_feedforward: usize,
    activation: Activation,
    layer_norm_eps: f32,
    norm_first: bool,
    bias: bool,
}

/// The options of one of them: those of its parts, and then its own.
macro_rules! transformer {
    ($(#[$doc:meta])* $Options:ident { $($field:tt)* } $(#[$new:meta])* new($($argument:tt)*); $($own:tt)*) => {
        options! {
            $(#[$doc])*
            pub struct $Options<'g> { $($field)* }

            $(#[$new])*
            new($($argument)*);

            /// The features between the two linear layers: 2,048 by default.
            dim_feedforward(mut self, dim_feedforward: usize) { self.parts.dim_feedforward = dim_feedforward }

            /// What comes between the two linear layers: ReLU by default.
            activation(mut self, activation: Activation) { self.parts.activation = activation }

            /// What is added to the variance in the normalisations: 1e-5 by default.
            layer_norm_eps(mut self, layer_norm_eps: f32) { self.parts.layer_norm_eps = layer_norm_eps }

            /// Whether each part's input is normalised, rather than the sum after it.
            norm_first(mut self, norm_first: bool) { self.parts.norm_first = norm_first }

            /// Whether linear layers and normalisations have a bias.
            bias(mut self, bias: bool) { self.parts.bias = bias }

            $($own)*
        }
    };
}

transformer! {
    /// The options of [`Tensor::transformer_encoder_layer`], PyTorch's `TransformerEncoderLayer`.
    ///
    /// The state dict holds that of the [attention](MultiHeadAttention) as `self_attn`, `linear1.weight`,
    /// `[dim_feedforward, features]`, `linear1.bias`, `linear2.weight`, `[features, dim_feedforward]`, `linear2.bias`, and
    /// weight and bias of `norm1` and `norm2`.
    TransformerEncoderLayer {
        parts: Parts = Parts::new("transformer_encoder_layer", nhead),
    }

    /// This many heads; 2,048 features between the linear layers, with ReLU, and normalisations after the sums.
    new(nhead: usize);

    /// What is added to the scores: the attention's [`attn_mask`](MultiHeadAttention::attn_mask).
    src_mask: Tensor<'g>;

    /// Whether token i sees those up to i only.
    is_causal: bool = false;
}

transformer! {
    /// The options of [`Tensor::transformer_decoder_layer`], PyTorch's `TransformerDecoderLayer`.
    ///
    /// The state dict holds those of the two [attentions](MultiHeadAttention) as `self_attn` and `multihead_attn`, and
    /// `linear1`, `linear2`, `norm1`, `norm2` and `norm3` as an [encoder layer](TransformerEncoderLayer) has them.
    TransformerDecoderLayer {
        parts: Parts = Parts::new("transformer_decoder_layer", nhead),
        memory: Tensor<'g>,
    }

    /// With the tokens of `memory`, and this many heads; 2,048 features between the linear layers, with ReLU, and
    /// normalisations after the sums.
    new(memory: Tensor<'g>, nhead: usize);

    /// What is added to the scores of `self_attn`: its [`attn_mask`](MultiHeadAttention::attn_mask).
    tgt_mask: Tensor<'g>;

    /// What is added to the scores of `multihead_attn`: its [`attn_mask`](MultiHeadAttention::attn_mask).
    memory_mask: Tensor<'g>;

    /// Whether token i sees the tokens up to i only, among its own.
    tgt_is_causal: bool = false;
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
        let TransformerEncoderLayer { parts, src_mask: mask, is_causal } = options;
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
        let TransformerDecoderLayer { parts, memory, tgt_mask: mask, memory_mask, tgt_is_causal: is_causal } = options;
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

    /// Whether PyTorch runs all of it as one operation: the conditions in `TransformerEncoderLayer.forward`.
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
