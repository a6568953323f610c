//! Attention: `scaled_dot_product_attention`, `multi_head_attention`.

use super::concat::Concat;
use super::constant::Constant;
use super::linear::Linear;
use super::parameter::Parameter;
use super::softmax::Softmax;
use crate::module::Module;
use crate::name::Name;
use crate::root::sqrt;
use crate::syntax::Syntax;
use crate::tensor::Tensors;
use crate::text::Text;
use crate::{Shape, Tensor};

pub(super) const SYNTAX: &[Syntax] = &[
    Syntax::method(
        "scaled_dot_product_attention",
        "ScaledDotProductAttention",
        &["key", "value"],
        &["attn_mask", "is_causal", "scale"],
    ),
    Syntax::method(
        "multi_head_attention",
        "MultiHeadAttention",
        &["num_heads"],
        &["key", "value", "attn_mask", "is_causal", "bias", "add_bias_kv", "add_zero_attn"],
    ),
];

/// The options of [`Tensor::scaled_dot_product_attention`], PyTorch's function of that name.
#[derive(Clone, Copy)]
pub struct ScaledDotProductAttention<'g> {
    key: Tensor<'g>,
    value: Tensor<'g>,
    attn_mask: Option<Tensor<'g>>,
    is_causal: bool,
    scale: Option<f32>,
}

impl<'g> ScaledDotProductAttention<'g> {
    /// Over these keys and values, with a scale of 1/√features, and every query seeing every key.
    pub const fn new(key: Tensor<'g>, value: Tensor<'g>) -> Self {
        ScaledDotProductAttention { key, value, attn_mask: None, is_causal: false, scale: None }
    }

    /// What is added to the scores, `[.., queries, keys]`: minus infinity where a query does not see a key.
    pub const fn attn_mask(mut self, attn_mask: Tensor<'g>) -> Self {
        self.attn_mask = Some(attn_mask);
        self
    }

    /// Whether query i sees the keys up to i only.
    pub const fn is_causal(mut self, is_causal: bool) -> Self {
        self.is_causal = is_causal;
        self
    }

    /// What the queries are multiplied by.
    pub const fn scale(mut self, scale: f32) -> Self {
        self.scale = Some(scale);
        self
    }
}

/// The options of [`Tensor::multi_head_attention`], PyTorch's `MultiheadAttention`.
///
/// The state dict holds `in_proj_weight`, `[3·embed_dim, embed_dim]`, and `in_proj_bias`, `[3·embed_dim]` (with `bias`
/// only), for queries, keys and values one behind the other; `bias_k` and `bias_v`, `[1, 1, embed_dim]` (with
/// `add_bias_kv` only); `out_proj.weight`, `[embed_dim, embed_dim]`, and `out_proj.bias`, `[embed_dim]`. Where keys or
/// values have other features than the queries, PyTorch's `kdim` and `vdim`, there are `q_proj_weight`,
/// `[embed_dim, embed_dim]`, `k_proj_weight`, `[embed_dim, kdim]`, and `v_proj_weight`, `[embed_dim, vdim]`, in place of
/// `in_proj_weight`.
#[derive(Clone, Copy)]
pub struct MultiHeadAttention<'g> {
    num_heads: usize,
    key: Option<Tensor<'g>>,
    value: Option<Tensor<'g>>,
    attn_mask: Option<Tensor<'g>>,
    is_causal: bool,
    bias: bool,
    add_bias_kv: bool,
    add_zero_attn: bool,
}

impl<'g> MultiHeadAttention<'g> {
    /// So many heads; of a tensor to itself, with bias, and every query seeing every key.
    pub const fn new(num_heads: usize) -> Self {
        MultiHeadAttention {
            num_heads,
            key: None,
            value: None,
            attn_mask: None,
            is_causal: false,
            bias: true,
            add_bias_kv: false,
            add_zero_attn: false,
        }
    }

    /// The tensor whose tokens are attended to, if it is not the one of the queries.
    pub const fn key(mut self, key: Tensor<'g>) -> Self {
        self.key = Some(key);
        self
    }

    /// The tensor whose tokens are summed, if it is not that of the keys.
    pub const fn value(mut self, value: Tensor<'g>) -> Self {
        self.value = Some(value);
        self
    }

    /// What is added to the scores, `[queries, keys]` or `[heads, queries, keys]`: minus infinity where a query does not
    /// see a key.
    pub const fn attn_mask(mut self, attn_mask: Tensor<'g>) -> Self {
        self.attn_mask = Some(attn_mask);
        self
    }

    /// Whether query i sees the keys up to i only.
    pub const fn is_causal(mut self, is_causal: bool) -> Self {
        self.is_causal = is_causal;
        self
    }

    /// Whether a learned number is added to each feature of the projections.
    pub const fn bias(mut self, bias: bool) -> Self {
        self.bias = bias;
        self
    }

    /// Whether there is one more key, with its value, that is learned.
    pub const fn add_bias_kv(mut self, add_bias_kv: bool) -> Self {
        self.add_bias_kv = add_bias_kv;
        self
    }

    /// Whether there is one more key, with its value, that is zero.
    pub const fn add_zero_attn(mut self, add_zero_attn: bool) -> Self {
        self.add_zero_attn = add_zero_attn;
        self
    }
}

impl<'g> Tensor<'g> {
    /// `softmax(q · kᵀ / √features) · v`: `q.scaled_dot_product_attention(k, v, is_causal = true)`. Queries are
    /// `[.., queries, features]`, keys `[.., keys, features]`, values `[.., keys, value_features]`; the output is
    /// `[.., queries, value_features]`. The axes before them are broadcast.
    ///
    /// Its MACs are those of both products, queries · keys · (features + value_features). The queries are scaled, and
    /// not the scores; a mask that is causal leaves no score out of a count.
    #[track_caller]
    pub const fn scaled_dot_product_attention(self, options: ScaledDotProductAttention<'g>) -> Tensor<'g> {
        let ScaledDotProductAttention { key, value, attn_mask, is_causal, scale } = options;
        check_products(&self.shape, &key.shape, &value.shape);
        let scope = self.builder.enter_module(Module::ScaledDotProductAttention);
        let scale = match scale {
            Some(scale) => scale,
            None => (1.0 / sqrt(self.width() as f64)) as f32,
        };
        let scores = self.scale(scale).matmul(key.transpose(-1, -2));
        let scores = if is_causal { scores.causal_mask() } else { scores };
        let scores = match attn_mask {
            Some(mask) if is_mask(&mask.shape, &scores.shape) => scores.add(mask),
            Some(mask) => fail_mask(&mask.shape, &scores.shape),
            None => scores,
        };
        let output = scores.softmax(Softmax::new().axis(-1)).matmul(value);
        self.builder.leave(scope);
        output
    }

    /// Attention in several heads, with learned projections of queries, keys, values, and output:
    /// `x.multi_head_attention(8)`, or `x.multi_head_attention(8, key = memory)` to the tokens of another tensor, whose
    /// values are its own too, unless there is a `value`. Tensors are `[tokens, embed_dim]`, or have more axes before
    /// these; the output has the queries' shape.
    ///
    /// Its MACs are those of the four projections and of both products.
    #[track_caller]
    pub const fn multi_head_attention(self, options: MultiHeadAttention<'g>) -> Tensor<'g> {
        let MultiHeadAttention { num_heads: heads, bias, attn_mask, is_causal, .. } = options;
        let key = match options.key {
            Some(key) => key,
            None => self,
        };
        let value = match options.value {
            Some(value) => value,
            None => key,
        };
        check_heads(&options, &self.shape, &key.shape, &value.shape);
        let (embed, queries, keys) = (self.width(), self.height(), key.height());
        let (blocks, features) = (self.elements() / (queries * embed), embed / heads);
        let builder = self.builder;
        let scope = builder.enter_module(Module::MultiHeadAttention);
        let [q, mut k, mut v] = if self.node == key.node && key.node == value.node {
            let all = self.linear(Linear::new(3 * embed).bias(bias).of_module(&IN_PROJ));
            // Head by head, the queries' before the keys' and the values', so that each part is where it is.
            let all = all.reshape([blocks, queries, 3, heads, features]).permute([2, 0, 3, 1, 4]);
            let part = blocks * heads;
            let all = all.reshape([3 * part, queries, features]);
            [all.narrow(0, 0, part), all.narrow(0, part, part), all.narrow(0, 2 * part, part)]
        } else {
            let all = self.in_projection(key, value, bias);
            let (q, k, v) = (blocks * queries, blocks * keys, blocks * keys);
            let (q, k, v) = (all.narrow(0, 0, q), all.narrow(0, q, k), all.narrow(0, q + k, v));
            [
                q.heads([blocks, queries, heads, features]),
                k.heads([blocks, keys, heads, features]),
                v.heads([blocks, keys, heads, features]),
            ]
        };
        if options.add_bias_kv {
            let more = Parameter::new([1, 1, embed]);
            let bias_k = builder.parameter(more).name(Name::of(&["bias_k"]));
            let bias_v = builder.parameter(more).name(Name::of(&["bias_v"]));
            k = Tensors([k, bias_k.reshape([heads, 1, features])]).concat(Concat::new().axis(1));
            v = Tensors([v, bias_v.reshape([heads, 1, features])]).concat(Concat::new().axis(1));
        }
        if options.add_zero_attn {
            let zero = builder.constant(Constant::new([blocks * heads, 1, features], 0.0));
            k = Tensors([k, zero]).concat(Concat::new().axis(1));
            v = Tensors([v, zero]).concat(Concat::new().axis(1));
        }
        let attention = ScaledDotProductAttention { attn_mask, is_causal, ..ScaledDotProductAttention::new(k, v) };
        let output = q.scaled_dot_product_attention(attention);
        let output = output.reshape([blocks, heads, queries, features]).transpose(1, 2).reshape_to(self.shape);
        let output = output.linear(Linear::new(embed).bias(bias)).name(Name::of(&["out_proj"]));
        builder.leave(scope);
        output
    }

    /// The rows of each head one behind the other.
    #[track_caller]
    const fn heads(self, [blocks, tokens, heads, features]: [usize; 4]) -> Tensor<'g> {
        let each = self.reshape([blocks, tokens, heads, features]).transpose(1, 2);
        each.reshape([blocks * heads, tokens, features])
    }
}

/// The tensors of the state dict that the projections of one tensor to queries, keys and values have.
const IN_PROJ: [Name; 2] = [Name::of(&["in_proj_weight"]), Name::of(&["in_proj_bias"])];

/// The extent of the axis that is `back` from the end: 1 where there is none.
const fn extent(shape: &Shape, back: usize) -> usize {
    if back <= shape.rank() { shape.at(shape.rank() - back) } else { 1 }
}

/// Whether the axes before the last two are equal, or one of them is 1.
const fn leads_alike(a: &Shape, b: &Shape) -> bool {
    let mut back = 3;
    while back <= a.rank() && back <= b.rank() {
        let (in_a, in_b) = (extent(a, back), extent(b, back));
        if in_a != in_b && in_a != 1 && in_b != 1 {
            return false;
        }
        back += 1;
    }
    true
}

/// Whether a mask can be added to scores.
const fn is_mask(mask: &Shape, scores: &Shape) -> bool {
    let mut back = 1;
    while back <= mask.rank() {
        if extent(mask, back) != 1 && extent(mask, back) != extent(scores, back) {
            return false;
        }
        back += 1;
    }
    mask.rank() <= scores.rank()
}

#[track_caller]
const fn check_products(q: &Shape, k: &Shape, v: &Shape) {
    let text = Text::new()
        .str("`scaled_dot_product_attention` of queries ")
        .shape(q)
        .str(" with keys ")
        .shape(k)
        .str(" and values ")
        .shape(v)
        .str(": ");
    if q.rank() < 2 || k.rank() < 2 || v.rank() < 2 {
        text.str("each has at least two axes, tokens and features (a declaration has no batch axis)").fail()
    }
    if q.dim(-1) != k.dim(-1) {
        text.str("queries have ")
            .number(q.dim(-1) as u64)
            .str(" features and keys ")
            .number(k.dim(-1) as u64)
            .str("; they have to be equal")
            .fail()
    }
    if k.dim(-2) != v.dim(-2) {
        text.str("there are ")
            .number(k.dim(-2) as u64)
            .str(" keys and ")
            .number(v.dim(-2) as u64)
            .str(" values; each key has a value")
            .fail()
    }
    if !leads_alike(q, k) || !leads_alike(q, v) || !leads_alike(k, v) {
        text.str("before tokens and features extents are equal, or one of them is 1").fail()
    }
}

#[track_caller]
const fn fail_mask(mask: &Shape, scores: &Shape) -> ! {
    Text::new()
        .str("attn_mask has the shape ")
        .shape(mask)
        .str(", and the scores are ")
        .shape(scores)
        .str(", queries by keys in the last two axes; each extent is that of the scores, or 1")
        .fail()
}

#[track_caller]
const fn check_heads(options: &MultiHeadAttention<'_>, q: &Shape, k: &Shape, v: &Shape) {
    let text = Text::new().str("`multi_head_attention` of ").shape(q);
    if q.rank() < 2 {
        text.str(": a tensor has at least two axes, tokens and features (a declaration has no batch axis)").fail()
    }
    let (embed, heads) = (q.dim(-1), options.num_heads);
    if heads == 0 {
        text.str(": num_heads is zero; it is at least 1").fail()
    }
    if !embed.is_multiple_of(heads) {
        text.str(": num_heads is ")
            .number(heads as u64)
            .str(", which does not divide embed_dim, the last axis, of ")
            .number(embed as u64)
            .fail()
    }
    let text = text.str(" with keys ").shape(k).str(" and values ").shape(v);
    let mut axis = 0;
    let mut alike = q.rank() == k.rank() && k.rank() == v.rank();
    while alike && axis + 2 < q.rank() {
        alike = q.at(axis) == k.at(axis) && k.at(axis) == v.at(axis);
        axis += 1;
    }
    if !alike {
        text.str(": they have the same axes before tokens and features").fail()
    }
    if k.dim(-2) != v.dim(-2) {
        text.str(": there are ")
            .number(k.dim(-2) as u64)
            .str(" keys and ")
            .number(v.dim(-2) as u64)
            .str(" values; each key has a value")
            .fail()
    }
    if options.add_bias_kv && q.rank() > 2 {
        text.str(": add_bias_kv takes tensors of two axes, tokens and features").fail()
    }
    if options.is_causal && (options.add_bias_kv || options.add_zero_attn) {
        panic!("`multi_head_attention`: is_causal does not say who sees a key that is added; give an attn_mask");
    }
}
