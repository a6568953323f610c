//! Heads divide the features; queries, keys and values fit together.
use netcost::prelude::*;

#[network]
fn Heads(x: Tensor<64, 250>) -> Tensor<64, 250> {
    x.multi_head_attention(8)
}

#[network]
fn NoHeads(x: Tensor<64, 250>) -> Tensor<64, 250> {
    x.multi_head_attention(0)
}

#[network]
fn Rank(x: Tensor<256>) -> Tensor<256> {
    x.multi_head_attention(8)
}

#[network]
fn Values(x: Tensor<64, 256>, key: Tensor<10, 256>, value: Tensor<12, 256>) -> Tensor<64, 256> {
    x.multi_head_attention(8, key = key, value = value)
}

#[network]
fn Axes(x: Tensor<4, 64, 256>, memory: Tensor<64, 256>) -> Tensor<4, 64, 256> {
    x.multi_head_attention(8, key = memory)
}

#[network]
fn Mask(x: Tensor<64, 256>, mask: Tensor<64, 63>) -> Tensor<64, 256> {
    x.multi_head_attention(8, attn_mask = mask)
}

#[network]
fn Causal(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.multi_head_attention(8, is_causal = true, add_zero_attn = true)
}

#[network]
fn LearnedKey(x: Tensor<4, 64, 256>) -> Tensor<4, 64, 256> {
    x.multi_head_attention(8, add_bias_kv = true)
}

#[network]
fn Features(q: Tensor<8, 64, 32>, k: Tensor<8, 10, 30>) -> Tensor<8, 64, 30> {
    q.scaled_dot_product_attention(k, k)
}

#[network]
fn Keys(q: Tensor<8, 64, 32>, k: Tensor<8, 10, 32>, v: Tensor<8, 12, 32>) -> Tensor<8, 64, 32> {
    q.scaled_dot_product_attention(k, v)
}

#[network]
fn OfHeads(q: Tensor<8, 64, 32>, k: Tensor<4, 10, 32>) -> Tensor<8, 64, 32> {
    q.scaled_dot_product_attention(k, k)
}

#[network]
fn Encoder(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.transformer_encoder_layer(7)
}

#[network]
fn FeedForward(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.transformer_encoder_layer(8, dim_feedforward = 0)
}

#[network]
fn Decoder(x: Tensor<64, 250>, memory: Tensor<10, 250>) -> Tensor<64, 250> {
    x.transformer_decoder_layer(memory, 8)
}

#[network]
fn Squeeze(x: Tensor<16, 8, 8>) -> Tensor<16, 8, 8> {
    x.squeeze_excitation(0)
}

#[network]
fn Image(x: Tensor<16>) -> Tensor<16> {
    x.squeeze_excitation(4)
}

#[network]
fn Scores(x: Tensor<16>) -> Tensor<16> {
    x.causal_mask()
}

fn main() {}
