//! Dosovitskiy and others, "An image is worth 16x16 words: transformers for image recognition at scale", 2021, as
//! torchvision builds it, under its names.

use netcost::prelude::*;

/// ViT-B/16 for square images of `SIZE`.
#[network]
pub fn VitB16<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    vision_transformer(x, 16, 12, 12, 768, 3072, 1000)
}

/// A transformer over the `patch` × `patch` patches of an image and a class token, whose output is classified.
#[block]
pub fn vision_transformer(
    x: Tensor,
    patch: usize,
    depth: usize,
    heads: usize,
    features: usize,
    mlp: usize,
    classes: usize,
) -> Tensor {
    let class = parameter([1, 1, features], name = "class_token").squeeze(0);
    let x = x.conv2d(features, patch, stride = patch, name = "conv_proj");
    let patches = x.reshape([features, x.height() * x.width()]).transpose(0, 1);
    let x = concat([class, patches]);
    let mut x = x + parameter([1, x.dim(0), features], name = "encoder.pos_embedding").squeeze(0);
    for layer in 0..depth {
        x = encoder(x, heads, mlp, name = "encoder.layers.encoder_layer_{layer}");
    }
    let x = x.layer_norm(eps = 1e-6, name = "encoder.ln");
    x.narrow(0, 0, 1).squeeze(0).linear(classes, name = "heads.head")
}

/// An encoder block: attention, then two linear layers, each on normalised tokens.
#[block]
fn encoder(x: Tensor, heads: usize, mlp: usize) -> Tensor {
    let x = x + x.layer_norm(eps = 1e-6, name = "ln_1").multi_head_attention(heads, name = "self_attention");
    let y = x.layer_norm(eps = 1e-6, name = "ln_2").linear(mlp, name = "mlp.0").gelu(name = "mlp.1");
    x + y.linear(x.width(), name = "mlp.3")
}
