//! Attention: its products, and multi-head attention.

use super::*;

#[network]
fn AttentionProducts(q: Tensor<2, 5, 3>, k: Tensor<2, 7, 3>, v: Tensor<2, 7, 4>) -> Tensor<2, 5, 4> {
    q.scaled_dot_product_attention(k, v)
}

#[network]
fn AttentionWithoutHeads(q: Tensor<5, 3>, k: Tensor<7, 3>, v: Tensor<7, 4>) -> Tensor<5, 4> {
    q.scaled_dot_product_attention(k, v)
}

#[network]
fn AttentionScale(q: Tensor<2, 5, 3>, k: Tensor<2, 7, 3>, v: Tensor<2, 7, 4>) -> Tensor<2, 5, 4> {
    q.scaled_dot_product_attention(k, v, scale = 0.25)
}

#[network]
fn AttentionCausal(q: Tensor<2, 5, 3>, k: Tensor<2, 7, 3>, v: Tensor<2, 7, 4>) -> Tensor<2, 5, 4> {
    q.scaled_dot_product_attention(k, v, is_causal = true)
}

#[network]
fn AttentionMask(
    q: Tensor<2, 5, 3>,
    k: Tensor<2, 7, 3>,
    v: Tensor<2, 7, 4>,
    mask: Tensor<5, 7>,
) -> Tensor<2, 5, 4> {
    q.scaled_dot_product_attention(k, v, attn_mask = mask)
}

#[network]
fn AttentionOfOneHeadForAll(q: Tensor<2, 5, 3>, k: Tensor<1, 7, 3>, v: Tensor<1, 7, 4>) -> Tensor<2, 5, 4> {
    q.scaled_dot_product_attention(k, v)
}

#[network]
fn Heads(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2)
}

#[network]
fn HeadsOne(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(1)
}

#[network]
fn HeadsEachOneFeature(x: Tensor<5, 4>) -> Tensor<5, 4> {
    x.multi_head_attention(4)
}

#[network]
fn HeadsOneToken(x: Tensor<1, 8>) -> Tensor<1, 8> {
    x.multi_head_attention(2)
}

#[network]
fn HeadsNoBias(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, bias = false)
}

#[network]
fn HeadsBiasKv(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, add_bias_kv = true)
}

#[network]
fn HeadsZeroAttn(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, add_zero_attn = true)
}

#[network]
fn HeadsBiasKvAndZeroAttn(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, bias = false, add_bias_kv = true, add_zero_attn = true)
}

#[network]
fn HeadsCausal(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, is_causal = true)
}

#[network]
fn HeadsMask(x: Tensor<5, 8>, mask: Tensor<5, 5>) -> Tensor<5, 8> {
    x.multi_head_attention(2, attn_mask = mask)
}

#[network]
fn HeadsMaskEach(x: Tensor<5, 8>, mask: Tensor<2, 5, 5>) -> Tensor<5, 8> {
    x.multi_head_attention(2, attn_mask = mask)
}

#[network]
fn HeadsInWindows(x: Tensor<3, 5, 8>) -> Tensor<3, 5, 8> {
    x.multi_head_attention(2)
}

#[network]
fn HeadsToMemory(x: Tensor<5, 8>, memory: Tensor<7, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, key = memory)
}

#[network]
fn HeadsToKeysAndValues(x: Tensor<5, 8>, key: Tensor<7, 8>, value: Tensor<7, 8>) -> Tensor<5, 8> {
    x.multi_head_attention(2, key = key, value = value, bias = false, name = "cross")
}

#[network]
fn HeadsOfOtherFeatures(x: Tensor<5, 8>, key: Tensor<7, 6>, value: Tensor<7, 3>) -> Tensor<5, 8> {
    x.multi_head_attention(2, key = key, value = value, add_bias_kv = true)
}

#[network]
fn HeadsOfOtherFeaturesNoBias(x: Tensor<5, 8>, memory: Tensor<7, 6>) -> Tensor<5, 8> {
    x.multi_head_attention(2, key = memory, bias = false)
}

#[network]
fn HeadsToMemoryInWindows(x: Tensor<3, 5, 8>, memory: Tensor<3, 2, 8>) -> Tensor<3, 5, 8> {
    x.multi_head_attention(4, key = memory)
}

#[network]
fn HeadsAmongLayers(x: Tensor<5, 6>) -> Tensor<5, 3> {
    x.linear(8).multi_head_attention(2).linear(3)
}

#[network]
fn Inner(x: Tensor<5, 6>) -> Tensor<5, 6> {
    x.linear(8).multi_head_attention(2).linear(6)
}

/// The inner network's numbering continues that of the outer one.
#[network]
fn HeadsInANetwork(x: Tensor<5, 6>) -> Tensor<5, 2> {
    Inner(x.linear(6)).linear(2)
}

#[block]
fn attention_block(x: Tensor) -> Tensor {
    x + x.layer_norm().multi_head_attention(2, name = "attn")
}

#[network]
fn HeadsInABlock(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let mut x = x;
    for i in 0..2 {
        x = attention_block(x, name = "blocks.{i}");
    }
    x
}

cases! {
    attention_products: AttentionProducts,
    attention_without_heads: AttentionWithoutHeads,
    attention_scale: AttentionScale,
    attention_causal: AttentionCausal,
    attention_mask: AttentionMask,
    attention_of_one_head_for_all: AttentionOfOneHeadForAll,
    heads: Heads,
    heads_one: HeadsOne,
    heads_each_one_feature: HeadsEachOneFeature,
    heads_one_token: HeadsOneToken,
    heads_no_bias: HeadsNoBias,
    heads_bias_kv: HeadsBiasKv,
    heads_zero_attn: HeadsZeroAttn,
    heads_bias_kv_and_zero_attn: HeadsBiasKvAndZeroAttn,
    heads_causal: HeadsCausal,
    heads_mask: HeadsMask,
    heads_mask_each: HeadsMaskEach,
    heads_in_windows: HeadsInWindows,
    heads_to_memory: HeadsToMemory,
    heads_to_keys_and_values: HeadsToKeysAndValues,
    heads_of_other_features: HeadsOfOtherFeatures,
    heads_of_other_features_no_bias: HeadsOfOtherFeaturesNoBias,
    heads_to_memory_in_windows: HeadsToMemoryInWindows,
    heads_among_layers: HeadsAmongLayers,
    heads_in_a_network: HeadsInANetwork,
    heads_in_a_block: HeadsInABlock,
}

/// A module's nodes are numbered separately; its tensors are in PyTorch's order.
#[test]
fn a_module_has_one_place_among_the_layers() {
    let layers: Vec<_> = HeadsAmongLayers::LAYERS.iter().map(|layer| layer.name.to_string()).collect();
    assert_eq!((&layers[0][..], &layers[1][..], &layers[layers.len() - 1][..]), ("0", "1.0", "2"));
    let tensors = |table: &[netcost::Parameter]| -> Vec<String> {
        table.iter().map(|tensor| format!("{} {}", tensor.name, tensor.shape)).collect()
    };
    let heads = ["1.in_proj_weight 24×8", "1.in_proj_bias 24", "1.out_proj.weight 8×8", "1.out_proj.bias 8"];
    assert_eq!(tensors(HeadsAmongLayers::PARAMS_TABLE)[2..6], heads);
    let names = ["q_proj_weight 8×8", "k_proj_weight 8×6", "v_proj_weight 8×3", "in_proj_bias 24", "bias_k 1×1×8"];
    let names = names.map(|name| format!("0.{name}"));
    assert_eq!(tensors(HeadsOfOtherFeatures::PARAMS_TABLE)[..5], names);
}

/// In a file whose names the network does not know, modules are matched in order, as layers are.
#[test]
fn modules_are_matched_in_order_where_nothing_is_named() {
    let weights = weights_of::<HeadsAmongLayers>("heads_among_layers");
    let file = file_of("heads_among_layers");
    let renamed = file.iter().filter_map(|(name, tensor)| {
        let name = name.strip_prefix("heads_among_layers/state/")?;
        Some((["embed", "encode", "head"][name[..1].parse::<usize>().ok()?].to_owned() + &name[1..], tensor))
    });
    let bytes = safetensors::serialize(renamed, None).expect("a valid file");
    let mut found = vec![0.0; HeadsAmongLayers::WEIGHTS_LEN];
    netcost::weights::load::<HeadsAmongLayers>(&bytes, &mut found).expect("the state fits the network");
    assert_eq!(found, weights);
}
