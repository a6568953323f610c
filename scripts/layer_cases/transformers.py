"""The layers of transformers, and transformers."""

import torch
from torch import nn
from torchvision.models import VisionTransformer

from layer_cases import add, case, graph


def declare() -> None:
    # It mistakes a mask of numbers for one of booleans.
    torch.backends.mha.set_fastpath_enabled(False)
    options = {"dim_feedforward": 16, "batch_first": True}
    case("encoder_layer", (5, 8), nn.TransformerEncoderLayer(8, 2, **options))
    pre = {"activation": "gelu", "norm_first": True, "bias": False, "layer_norm_eps": 1e-3}
    case("encoder_layer_norm_first", (5, 8), nn.TransformerEncoderLayer(8, 4, **options, **pre))
    causal = nn.Transformer.generate_square_subsequent_mask(5)
    graph(
        "encoder_layer_causal",
        (5, 8),
        {0: nn.TransformerEncoderLayer(8, 2, **options)},
        lambda net, x: net[0](x, src_mask=causal.to(x.dtype)),
    )
    graph(
        "encoder_layer_mask",
        [(5, 8), (5, 5)],
        {0: nn.TransformerEncoderLayer(8, 2, **options)},
        lambda net, x, mask: net[0](x, src_mask=mask[0]),
    )
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, **options), 2, enable_nested_tensor=False)
    graph("encoder", (5, 8), {"encoder": stack}, lambda net, x: net.encoder(x))
    graph(
        "decoder_layer",
        [(5, 8), (7, 8)],
        {0: nn.TransformerDecoderLayer(8, 2, **options)},
        lambda net, x, memory: net[0](x, memory),
    )
    graph(
        "decoder_layer_norm_first",
        [(5, 8), (7, 8), (5, 7)],
        {"layer": nn.TransformerDecoderLayer(8, 2, **options, **pre)},
        lambda net, x, memory, mask: net.layer(x, memory, tgt_mask=causal.to(x.dtype), memory_mask=mask[0]),
    )
    sizes = {"num_layers": 2, "num_heads": 2, "hidden_dim": 8, "mlp_dim": 16, "num_classes": 3}
    add("vision_transformer", (3, 8, 8), VisionTransformer(image_size=8, patch_size=4, **sizes))
