//! Transformers and their layers.

use netcost::Activation;

use super::*;

#[network]
fn EncoderLayer(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.transformer_encoder_layer(2, dim_feedforward = 16)
}

#[network]
fn EncoderLayerNormFirst(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.transformer_encoder_layer(
        4,
        dim_feedforward = 16,
        activation = Activation::Gelu,
        norm_first = true,
        bias = false,
        layer_norm_eps = 1e-3,
    )
}

#[network]
fn EncoderLayerCausal(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.transformer_encoder_layer(2, dim_feedforward = 16, is_causal = true)
}

#[network]
fn EncoderLayerMask(x: Tensor<5, 8>, mask: Tensor<5, 5>) -> Tensor<5, 8> {
    x.transformer_encoder_layer(2, dim_feedforward = 16, src_mask = mask)
}

#[network]
fn Encoder(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let mut x = x;
    for i in 0..2 {
        x = x.transformer_encoder_layer(2, dim_feedforward = 16, name = "encoder.layers.{i}");
    }
    x
}

#[network]
fn DecoderLayer(x: Tensor<5, 8>, memory: Tensor<7, 8>) -> Tensor<5, 8> {
    x.transformer_decoder_layer(memory, 2, dim_feedforward = 16)
}

#[network]
fn DecoderLayerNormFirst(x: Tensor<5, 8>, memory: Tensor<7, 8>, mask: Tensor<5, 7>) -> Tensor<5, 8> {
    x.transformer_decoder_layer(
        memory,
        2,
        dim_feedforward = 16,
        activation = Activation::Gelu,
        norm_first = true,
        bias = false,
        layer_norm_eps = 1e-3,
        tgt_is_causal = true,
        memory_mask = mask,
        name = "layer",
    )
}

#[network]
fn VisionTransformer(x: Tensor<3, 8, 8>) -> Tensor<3> {
    netcost_zoo::vision_transformer(x, 4, 2, 2, 8, 16, 3)
}

cases! {
    encoder_layer: EncoderLayer,
    encoder_layer_norm_first: EncoderLayerNormFirst,
    encoder_layer_causal: EncoderLayerCausal,
    encoder_layer_mask: EncoderLayerMask,
    encoder: Encoder,
    decoder_layer: DecoderLayer,
    decoder_layer_norm_first: DecoderLayerNormFirst,
    vision_transformer: VisionTransformer,
}
