//! Attention: `scaled_dot_product_attention`, `multi_head_attention`.

use crate::base::math::sqrt;
use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::tensor::{Tensor, Tensors};
use crate::layers::activation::softmax::Softmax;
use crate::layers::options::options;
use crate::layers::product::linear::Linear;
use crate::layers::rearrange::concat::Concat;
use crate::layers::source::constant::Constant;
use crate::layers::source::parameter::Parameter;
use crate::op::module::Module;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[
    ScaledDotProductAttention::syntax("scaled_dot_product_attention", "ScaledDotProductAttention"),
    MultiHeadAttention::syntax("multi_head_attention", "MultiHeadAttention"),
];

options! {
    /// The options of [`Tensor::scaled_dot_product_attention`], PyTorch's function of that name.
    pub struct ScaledDotProductAttention<'g> {
        key: Tensor<'g>,
        value: Tensor<'g>,
    }

    /// Over these keys and values, with a scale of 1/√features; every query sees every key.
    new(key: Tensor<'g>, value: Tensor<'g>);

    /// What is added to the scores, `[.., queries, keys]`: minus infinity where a query does not see a key.
    attn_mask: Tensor<'g>;

    /// Whether query i sees the keys up to i only.
    is_causal: bool = false;

    /// What the queries are multiplied by.
    scale: f32;
}

options! {
    /// The options of [`Tensor::multi_head_attention`], PyTorch's `MultiheadAttention`.
    ///
    /// The state dict holds `in_proj_weight`, `[3·embed_dim, embed_dim]`, and `in_proj_bias`, `[3·embed_dim]` (with `bias`
    /// only), for queries, keys and values, one after another; `bias_k` and `bias_v`, `[1, 1, embed_dim]` (with
    /// `add_bias_kv` only); `out_proj.weight`, `[embed_dim, embed_dim]`, and `out_proj.bias`, `[embed_dim]`. Where keys or
    /// values have other features than the queries, PyTorch's `kdim` and `vdim`, there are `q_proj_weight`,
    /// `[embed_dim, embed_dim]`, `k_proj_weight`, `[embed_dim, kdim]`, and `v_proj_weight`, `[embed_dim, vdim]`, in place of
    /// `in_proj_weight`.
    pub struct MultiHeadAttention<'g> {
        num_heads: usize,
    }

    /// This many heads, of a tensor to itself, with bias; every query sees every key.
    new(num_heads: usize);

    /// The tensor whose tokens are attended to, if it is not that of the queries.
    key: Tensor<'g>;

    /// The tensor whose tokens are summed, if it is not that of the keys.
    value: Tensor<'g>;

    /// What is added to the scores, `[queries, keys]` or `[heads, queries, keys]`: minus infinity where a query does not
    /// see a key.
    attn_mask: Tensor<'g>;

    /// Whether query i sees the keys up to i only.
    is_causal: bool = false;

    /// Whether a learned number is added to each feature of the projections.
    bias: bool = true;

    /// Whether there is one more key, with its value, that is learned.
    add_bias_kv: bool = false;

    /// Whether there is one more key, with its value, that is zero.
    add_zero_attn: bool = false;
}

impl<'g> Tensor<'g> {
    /// `softmax(q · kᵀ / √features) · v`: `q.scaled_dot_product_attention(k, v, is_causal = true)`. Queries are
    /// `[.., queries, features]`, keys `[.., keys, features]`, values `[.., keys, value_features]`; the output is
    /// `[.., queries, value_features]`. The axes before them are broadcast.
    ///
    /// Its MACs are those of both products, queries · keys · (features + value_features). The queries are scaled, not
    /// the scores; a causal mask does not reduce the counts.
    #[track_caller]
    pub const fn scaled_dot_product_attention(self, options: ScaledDotProductAttention<'g>) -> Tensor<'g> {
        let ScaledDotProductAttention { key, value, attn_mask, is_causal, scale } = options;
        check_products(&self.shape, &key.shape, &value.shape);
        let scope = self.builder.enter_module(Module::ScaledDotProductAttention);
        let keys = key.transpose(-1, -2);
        let output = self.products(keys, value, attn_mask, is_causal, scale);
        self.builder.leave(scope);
        output
    }

    /// Attention in several heads, with learned projections of queries, keys, values, and output:
    /// `x.multi_head_attention(8)`, or `x.multi_head_attention(8, key = memory)` to the tokens of another tensor, which
    /// also provides the values unless `value` is given. Tensors are `[tokens, embed_dim]`, or have more axes before
    /// these; the output has the queries' shape.
    ///
    /// Its MACs are those of the four projections and of both products.
    #[track_caller]
    pub const fn multi_head_attention(self, options: MultiHeadAttention<'g>) -> Tensor<'g> {
        self.attend("multi_head_attention", options)
    }

    /// The same as part of another layer, which messages name.
    #[track_caller]
    pub(crate) const fn attend(self, layer: &'static str, options: MultiHeadAttention<'g>) -> Tensor<'g> {
        let MultiHeadAttention { num_heads: heads, bias, attn_mask, is_causal, .. } = options;
        let key = match options.key {
            Some(key) => key,
            None => self,
        };
        let value = match options.value {
            Some(value) => value,
            None => key,
        };
        options.check(layer, &self.shape, &key.shape, &value.shape);
        let (embed, queries, keys) = (self.width(), self.height(), key.height());
        let (blocks, features) = (self.elements() / (queries * embed), embed / heads);
        let builder = self.builder;
        let scope = builder.enter_module(Module::MultiHeadAttention { heads: heads as u32 });
        // The rows of each head one after another, and its keys as columns.
        let [q, mut k, mut v] = if self.node == key.node && key.node == value.node {
            let all = self.linear(Linear::new(3 * embed).bias(bias).of_module(&IN_PROJ));
            let all = all.reshape([blocks, queries, 3, heads, features]);
            [
                all.permute_part(2, 0, [0, 3, 1, 4]),
                all.permute_part(2, 1, [0, 3, 4, 1]),
                all.permute_part(2, 2, [0, 3, 1, 4]),
            ]
        } else {
            let all = self.in_projection(key, value, bias);
            let (q, k) = (blocks * queries, blocks * keys);
            let (q, k, v) = (all.narrow(0, 0, q), all.narrow(0, q, k), all.narrow(0, q + k, k));
            [
                q.reshape([blocks, queries, heads, features]).permute([0, 2, 1, 3]),
                k.reshape([blocks, keys, heads, features]).permute([0, 2, 3, 1]),
                v.reshape([blocks, keys, heads, features]).permute([0, 2, 1, 3]),
            ]
        };
        if options.add_bias_kv {
            let more = Parameter::new([1, 1, embed]);
            let bias_k = builder.parameter(more).name(Name::of(&["bias_k"])).reshape([1, heads, features, 1]);
            let bias_v = builder.parameter(more).name(Name::of(&["bias_v"])).reshape([1, heads, 1, features]);
            k = Tensors([k, bias_k]).concat(Concat::new().axis(3));
            v = Tensors([v, bias_v]).concat(Concat::new().axis(2));
        }
        if options.add_zero_attn {
            let zero_k = builder.constant(Constant::new([blocks, heads, features, 1], 0.0));
            let zero_v = builder.constant(Constant::new([blocks, heads, 1, features], 0.0));
            k = Tensors([k, zero_k]).concat(Concat::new().axis(3));
            v = Tensors([v, zero_v]).concat(Concat::new().axis(2));
        }
        let output = q.products(k, v, attn_mask, is_causal, None).transpose(1, 2).reshape_to(self.shape);
        let output = output.linear(Linear::new(embed).bias(bias)).name(Name::of(&["out_proj"]));
        builder.leave(scope);
        output
    }

    /// Both products, and the softmax between them; the keys are columns.
    #[track_caller]
    const fn products(
        self,
        keys: Tensor<'g>,
        values: Tensor<'g>,
        attn_mask: Option<Tensor<'g>>,
        is_causal: bool,
        scale: Option<f32>,
    ) -> Tensor<'g> {
        let scale = match scale {
            Some(scale) => scale,
            None => (1.0 / sqrt(self.width() as f64)) as f32,
        };
        let scores = self.scale(scale).matmul(keys);
        let scores = if is_causal { scores.causal_mask() } else { scores };
        let scores = match attn_mask {
            Some(mask) if is_mask(&mask.shape, &scores.shape) => scores.add(mask),
            Some(mask) => fail_mask(&mask.shape, &scores.shape),
            None => scores,
        };
        scores.softmax(Softmax::new().axis(-1)).matmul(values)
    }
}

/// The tensors of the state dict that the projections of one tensor to queries, keys and values have.
const IN_PROJ: [Name; 2] = [Name::of(&["in_proj_weight"]), Name::of(&["in_proj_bias"])];

/// Whether the axes before the last two are equal, or one of them is 1.
const fn leads_alike(a: &Shape, b: &Shape) -> bool {
    let mut back = 3;
    while back <= a.rank() && back <= b.rank() {
        let (in_a, in_b) = (a.back_axis(back), b.back_axis(back));
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
        if mask.back_axis(back) != 1 && mask.back_axis(back) != scores.back_axis(back) {
            return false;
        }
        back += 1;
    }
    mask.rank() <= scores.rank()
}

const fn of_products(q: &Shape, k: &Shape, v: &Shape) -> Text {
    let text = Text::new().str("`scaled_dot_product_attention` of queries ").shape(q);
    text.str(" with keys ").shape(k).str(" and values ").shape(v).str(": ")
}

#[track_caller]
const fn check_products(q: &Shape, k: &Shape, v: &Shape) {
    if q.rank() < 2 || k.rank() < 2 || v.rank() < 2 {
        of_products(q, k, v)
            .str("each has at least two axes, tokens and features (a declaration has no batch axis)")
            .fail()
    }
    if q.dim(-1) != k.dim(-1) {
        of_products(q, k, v)
            .str("queries have ")
            .number(q.dim(-1) as u64)
            .str(" features and keys ")
            .number(k.dim(-1) as u64)
            .str("; they have to be equal")
            .fail()
    }
    if k.dim(-2) != v.dim(-2) {
        of_products(q, k, v)
            .str("there are ")
            .number(k.dim(-2) as u64)
            .str(" keys and ")
            .number(v.dim(-2) as u64)
            .str(" values; each key has a value")
            .fail()
    }
    if !leads_alike(q, k) || !leads_alike(q, v) || !leads_alike(k, v) {
        of_products(q, k, v).str("before tokens and features extents are equal, or one of them is 1").fail()
    }
}

#[track_caller]
const fn fail_mask(mask: &Shape, scores: &Shape) -> ! {
    // The scores of several heads begin with an axis for those before the tokens, of which there may be none.
    let scores = match scores.rank() == 4 && scores.at(0) == 1 {
        true => Shape::new(&[scores.at(1), scores.at(2), scores.at(3)]),
        false => *scores,
    };
    Text::new()
        .str("attn_mask has the shape ")
        .shape(mask)
        .str(", and the scores are ")
        .shape(&scores)
        .str(", queries by keys in the last two axes; each extent is that of the scores, or 1")
        .fail()
}

impl MultiHeadAttention<'_> {
    /// Fails on tensors that cannot attend in several heads, in the name of a layer.
    #[track_caller]
    pub(crate) const fn check(&self, layer: &str, q: &Shape, k: &Shape, v: &Shape) {
        let text = Text::new().str("`").str(layer).str("` of ").shape(q);
        if q.rank() < 2 {
            text.str(": a tensor has at least two axes, tokens and features (a declaration has no batch axis)").fail()
        }
        if self.num_heads == 0 {
            text.str(" in no heads: there is at least 1").fail()
        }
        if !q.dim(-1).is_multiple_of(self.num_heads) {
            text.str(" in ")
                .number(self.num_heads as u64)
                .str(" heads: they do not divide its ")
                .number(q.dim(-1) as u64)
                .str(" features, the last axis")
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
        if self.add_bias_kv && q.rank() > 2 {
            text.str(": add_bias_kv takes tensors of two axes, tokens and features").fail()
        }
        if self.is_causal && (self.add_bias_kv || self.add_zero_attn) {
            text.str(": is_causal does not say which queries see the added key; give an attn_mask").fail()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::work::Census;
    use crate::testing::testing::{Array, Vec, run, run_with, vec};

    /// Attention of single rows, in `f64`.
    fn naive(q: &Array, k: &Array, v: &Array, scale: f64, seen: impl Fn(usize, usize) -> bool) -> Array {
        let (keys, features) = (k.shape[1], k.shape[2]);
        let row = |head: usize, query: usize| -> Vec<f64> {
            let score = |key| {
                let products = (0..features).map(|i| (q.at(&[head, query, i]) * k.at(&[head, key, i])) as f64);
                if seen(query, key) { (products.sum::<f64>() * scale).exp() } else { 0.0 }
            };
            (0..keys).map(score).collect()
        };
        Array::of(&[q.shape[0], q.shape[1], v.shape[2]], |index| {
            let powers = row(index[0], index[1]);
            let sum = powers.iter().enumerate().map(|(key, power)| power * v.at(&[index[0], key, index[2]]) as f64);
            (sum.sum::<f64>() / powers.iter().sum::<f64>()) as f32
        })
    }

    /// The census of a softmax of lines.
    fn softmax(lines: u64, length: u64) -> Census {
        Census::ZERO.cmp(length - 1).add(2 * length - 1).exp(length).div(length).times(lines)
    }

    /// The census of a product of this many sums.
    fn product(sums: u64, length: u64) -> Census {
        Census::ZERO.mul(sums * length).add(sums * (length - 1))
    }

    #[test]
    fn queries_weigh_values_by_their_keys() {
        let (heads, queries, keys, features, width) = (2, 5, 7, 3, 4);
        let [q, k, v] = [[heads, queries, features], [heads, keys, features], [heads, keys, width]];
        let [q, k, v] = [q, k, v].map(|shape| Array::numbers(&shape));
        for (is_causal, scale) in [(false, None), (true, None), (false, Some(0.25))] {
            let ran = run(&[q.clone(), k.clone(), v.clone()], |_, x| {
                let options = ScaledDotProductAttention { scale, ..ScaledDotProductAttention::new(x[1], x[2]) };
                vec![x[0].scaled_dot_product_attention(options.is_causal(is_causal))]
            });
            let factor = scale.unwrap_or(1.0 / (features as f32).sqrt()) as f64;
            ran.outputs[0].assert_close(&naive(&q, &k, &v, factor, |query, key| !is_causal || key <= query));
            let [heads, queries, keys, features, width] =
                [heads, queries, keys, features, width].map(|extent| extent as u64);
            assert_eq!(ran.cost.macs, heads * queries * keys * (features + width));
            let census = Census::ZERO.mul(heads * queries * features).plus(&softmax(heads * queries, keys));
            let census = census.plus(&product(heads * queries * keys, features));
            assert_eq!(ran.cost.census, census.plus(&product(heads * queries * width, keys)));
        }
    }

    /// Four projections with bias, and the products: of each head, softmax a query.
    #[test]
    fn heads_cost_their_projections_and_products() {
        let (queries, keys, embed, kdim, vdim, heads) = (5u64, 7, 6, 4, 3, 2);
        let shapes = [[queries, embed], [keys, kdim], [keys, vdim]];
        let inputs = shapes.map(|shape| Array::numbers(&shape.map(|extent| extent as usize)));
        let weights = embed * (embed + kdim + vdim) + 3 * embed + embed * embed + embed;
        let numbers = Array::numbers(&[weights as usize]).data;
        let ran = run_with(&inputs, &numbers, |_, x| {
            vec![x[0].multi_head_attention(MultiHeadAttention::new(heads as usize).key(x[1]).value(x[2]))]
        });
        let projections = queries * embed * embed * 2 + keys * embed * (kdim + vdim);
        assert_eq!(ran.cost.macs, projections + 2 * queries * keys * embed);
        assert_eq!((ran.cost.params, ran.cost.weights), (weights, weights));
        let census = Census::ZERO.mul(projections + queries * embed).add(projections);
        let census = census.plus(&softmax(heads * queries, keys));
        let census = census.plus(&product(heads * queries * keys, embed / heads));
        assert_eq!(ran.cost.census, census.plus(&product(queries * embed, keys)));
    }

    /// The rows of each part, one after another.
    #[test]
    fn tensors_are_projected_by_their_part_of_the_weight() {
        let inputs = [[2, 4], [3, 4], [1, 4]].map(|shape| Array::numbers(&shape));
        let weights = Array::numbers(&[12, 4]);
        let biases = Array::numbers(&[12]);
        let numbers = [&weights.data[..], &biases.data].concat();
        let ran = run_with(&inputs, &numbers, |_, x| vec![x[0].in_projection(x[1], x[2], true)]);
        let expected = Array::of(&[6, 4], |index| {
            let (part, row) = match index[0] {
                0..2 => (0, index[0]),
                2..5 => (1, index[0] - 2),
                _ => (2, 0),
            };
            let feature = 4 * part + index[1];
            let products = (0..4).map(|i| inputs[part].at(&[row, i]) * weights.at(&[feature, i]));
            products.sum::<f32>() + biases.data[feature]
        });
        ran.outputs[0].assert_close(&expected);
    }

    #[test]
    fn a_causal_mask_hides_what_is_behind() {
        let x = Array::numbers(&[2, 3, 4]);
        let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].causal_mask()]);
        let expected = Array::of(&[2, 3, 4], |index| if index[2] > index[1] { f32::NEG_INFINITY } else { x.at(index) });
        assert_eq!(ran.outputs[0], expected);
        assert_eq!(ran.cost.census, Census::ZERO);
    }
}
