//! Attention and transformers against `tests/facts`, module by module: attention is several layers, which differ from
//! PyTorch's.

use std::collections::BTreeMap;

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::VitB16;

use crate::layers::extents;

#[network]
fn Heads(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.multi_head_attention(8, name = "mha")
}

#[network]
fn EncoderLayer(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.transformer_encoder_layer(8, dim_feedforward = 1024)
}

#[network]
fn LinearOfTokens(x: Tensor<100, 32>) -> Tensor<100, 64> {
    x.linear(64, name = "f").layer_norm(name = "n").gelu(name = "g")
}

/// Each module's operator, output, multiply-accumulates and parameters, and its tensors in the state dict: `prefix` is
/// the scope of PyTorch's network within this one. Nothing else has MACs or parameters.
fn check<N: Network>(prefix: &str, facts: &str) {
    let mut tensors: BTreeMap<String, String> =
        N::PARAMS_TABLE.iter().map(|row| (row.name.to_string(), extents(&row.shape))).collect();
    let (mut macs, mut params) = (0, 0);
    for row in facts.lines() {
        let [name, operator, output, expected @ ..] = &row.split(' ').collect::<Vec<_>>()[..] else {
            panic!("a row has five words");
        };
        let (name, within) = (format!("{prefix}{name}"), format!("{prefix}{name}."));
        let of_module = |layer: &str| layer == name || layer.starts_with(&within);
        let layers: Vec<_> = N::LAYERS.iter().filter(|layer| of_module(layer.name.as_str())).collect();
        let last = layers.last().unwrap_or_else(|| panic!("{} has {name}", N::NAME));
        let expected_operator = if *operator == "multi_head_attention" { "linear" } else { operator };
        assert_eq!((last.operator, &extents(&last.output)[..]), (expected_operator, *output), "{name}");
        let of_layers = [
            layers.iter().map(|layer| layer.cost.macs).sum::<u64>(),
            layers.iter().map(|layer| layer.cost.params).sum(),
        ];
        assert_eq!(of_layers.map(|count| count.to_string())[..], expected[..2], "{name}");
        (macs, params) = (macs + of_layers[0], params + of_layers[1]);
        for (entry, shape) in expected[2..].iter().filter_map(|entry| entry.split_once(':')) {
            let tensor = if entry.is_empty() { name.clone() } else { format!("{within}{entry}") };
            assert_eq!(tensors.remove(&tensor).as_deref(), Some(shape), "{tensor}");
        }
    }
    assert_eq!((N::MACS, N::PARAMS), (macs, params), "{}", N::NAME);
    assert!(tensors.is_empty(), "PyTorch's {} has no {tensors:?}", N::NAME);
}

#[test]
fn attention_is_pytorchs() {
    check::<Heads>("", include_str!("../facts/multi_head_attention.txt"));
    assert_eq!((Heads::MACS, Heads::PARAMS), (18_874_368, 263_168));
}

#[test]
fn an_encoder_layer_is_pytorchs() {
    check::<EncoderLayer>("0.", include_str!("../facts/transformer_encoder_layer.txt"));
    assert_eq!((EncoderLayer::MACS, EncoderLayer::PARAMS), (52_428_800, 789_760));
}

#[test]
fn a_linear_layer_goes_over_tokens() {
    check::<LinearOfTokens>("", include_str!("../facts/linear_of_tokens.txt"));
    assert_eq!((LinearOfTokens::MACS, LinearOfTokens::PARAMS), (204_800, 2_240));
}

/// Its tensors are also in torchvision's order.
#[test]
fn a_vision_transformer_is_torchvisions() {
    check::<VitB16<224>>("", include_str!("../facts/vit_b_16.txt"));
    assert_eq!((VitB16::<224>::MACS, VitB16::<224>::PARAMS), (17_563_828_224, 86_567_656));
    let found = VitB16::<224>::PARAMS_TABLE.iter().map(|row| row.name.to_string());
    let entries =
        |module: &str, names: &[&str]| -> Vec<String> { names.iter().map(|name| format!("{module}.{name}")).collect() };
    let of = |module: &str| entries(module, &["weight", "bias"]);
    let mut expected = vec!["class_token".to_owned()];
    expected.extend(of("conv_proj"));
    expected.push("encoder.pos_embedding".to_owned());
    for i in 0..12 {
        let layer = format!("encoder.layers.encoder_layer_{i}");
        expected.extend(of(&format!("{layer}.ln_1")));
        let attention = ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"];
        expected.extend(entries(&format!("{layer}.self_attention"), &attention));
        expected.extend(["ln_2", "mlp.0", "mlp.3"].iter().flat_map(|part| of(&format!("{layer}.{part}"))));
    }
    expected.extend(of("encoder.ln"));
    expected.extend(of("heads.head"));
    assert!(found.eq(expected));
}

/// Twice the image size means sixteen times the attention scores.
#[test]
fn a_vision_transformer_may_be_of_any_resolution() {
    let products = |layers: &[netcost::Layer]| -> u64 {
        layers.iter().filter(|layer| layer.operator == "matmul").map(|layer| layer.cost.macs).sum()
    };
    let (tokens, twice) = (1 + 14 * 14, 1 + 28 * 28);
    assert_eq!(products(VitB16::<224>::LAYERS), 12 * 2 * 768 * tokens * tokens);
    assert_eq!(products(VitB16::<448>::LAYERS), 12 * 2 * 768 * twice * twice);
}
