"""Attention."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from layer_cases import Draw, formula, graph


def declare() -> None:
    products = F.scaled_dot_product_attention
    formula("attention_products", [(2, 5, 3), (2, 7, 3), (2, 7, 4)], products)
    formula("attention_without_heads", [(5, 3), (7, 3), (7, 4)], products)
    formula("attention_scale", [(2, 5, 3), (2, 7, 3), (2, 7, 4)], lambda q, k, v: products(q, k, v, scale=0.25))
    formula("attention_causal", [(2, 5, 3), (2, 7, 3), (2, 7, 4)], lambda q, k, v: products(q, k, v, is_causal=True))
    formula(
        "attention_mask",
        [(2, 5, 3), (2, 7, 3), (2, 7, 4), mask(5, 7)],
        lambda q, k, v, mask: products(q, k, v, attn_mask=mask[:, None]),
    )
    formula("attention_of_one_head_for_all", [(2, 5, 3), (1, 7, 3), (1, 7, 4)], products)

    heads("heads", (5, 8), nn.MultiheadAttention(8, 2, batch_first=True))
    heads("heads_one", (5, 8), nn.MultiheadAttention(8, 1, batch_first=True))
    heads("heads_each_one_feature", (5, 4), nn.MultiheadAttention(4, 4, batch_first=True))
    heads("heads_one_token", (1, 8), nn.MultiheadAttention(8, 2, batch_first=True))
    heads("heads_no_bias", (5, 8), nn.MultiheadAttention(8, 2, bias=False, batch_first=True))
    heads("heads_bias_kv", (5, 8), nn.MultiheadAttention(8, 2, add_bias_kv=True, batch_first=True))
    heads("heads_zero_attn", (5, 8), nn.MultiheadAttention(8, 2, add_zero_attn=True, batch_first=True))
    both = nn.MultiheadAttention(8, 2, bias=False, add_bias_kv=True, add_zero_attn=True, batch_first=True)
    heads("heads_bias_kv_and_zero_attn", (5, 8), both)
    causal = nn.Transformer.generate_square_subsequent_mask(5)
    heads("heads_causal", (5, 8), nn.MultiheadAttention(8, 2, batch_first=True), causal)
    graph(
        "heads_mask",
        [(5, 8), mask(5, 5)],
        {0: nn.MultiheadAttention(8, 2, batch_first=True)},
        lambda net, x, mask: net[0](x, x, x, need_weights=False, attn_mask=mask[0])[0],
    )
    graph(
        "heads_mask_each",
        [(5, 8), mask(2, 5, 5)],
        {0: nn.MultiheadAttention(8, 2, batch_first=True)},
        lambda net, x, mask: net[0](x, x, x, need_weights=False, attn_mask=mask[0])[0],
    )
    graph(
        "heads_in_windows",
        (3, 5, 8),
        {0: nn.MultiheadAttention(8, 2, batch_first=True)},
        lambda net, x: net[0](x[0], x[0], x[0], need_weights=False)[0][None],
    )
    graph(
        "heads_to_memory",
        [(5, 8), (7, 8)],
        {0: nn.MultiheadAttention(8, 2, batch_first=True)},
        lambda net, x, memory: net[0](x, memory, memory, need_weights=False)[0],
    )
    graph(
        "heads_to_keys_and_values",
        [(5, 8), (7, 8), (7, 8)],
        {"cross": nn.MultiheadAttention(8, 2, bias=False, batch_first=True)},
        lambda net, x, key, value: net.cross(x, key, value, need_weights=False)[0],
    )
    graph(
        "heads_of_other_features",
        [(5, 8), (7, 6), (7, 3)],
        {0: nn.MultiheadAttention(8, 2, kdim=6, vdim=3, add_bias_kv=True, batch_first=True)},
        lambda net, x, key, value: net[0](x, key, value, need_weights=False)[0],
    )
    graph(
        "heads_of_other_features_no_bias",
        [(5, 8), (7, 6)],
        {0: nn.MultiheadAttention(8, 2, kdim=6, vdim=6, bias=False, batch_first=True)},
        lambda net, x, memory: net[0](x, memory, memory, need_weights=False)[0],
    )
    graph(
        "heads_to_memory_in_windows",
        [(3, 5, 8), (3, 2, 8)],
        {0: nn.MultiheadAttention(8, 4, batch_first=True)},
        lambda net, x, memory: net[0](x[0], memory[0], memory[0], need_weights=False)[0][None],
    )
    graph(
        "heads_among_layers",
        (5, 6),
        {0: nn.Linear(6, 8), 1: nn.MultiheadAttention(8, 2, batch_first=True), 2: nn.Linear(8, 3)},
        lambda net, x: net[2](attend(net[1], net[0](x))),
    )
    stages = nn.Sequential(nn.Linear(6, 8), nn.MultiheadAttention(8, 2, batch_first=True), nn.Linear(8, 6))
    graph(
        "heads_in_a_network",
        (5, 6),
        {0: nn.Linear(6, 6), 1: stages[0], 2: stages[1], 3: stages[2], 4: nn.Linear(6, 2)},
        lambda net, x: net[4](net[3](attend(net[2], net[1](net[0](x))))),
    )
    graph(
        "heads_in_a_block",
        (5, 8),
        {
            "blocks": nn.ModuleList(
                nn.ModuleDict({"attn": nn.MultiheadAttention(8, 2, batch_first=True), "0": nn.LayerNorm(8)})
                for _ in range(2)
            )
        },
        in_blocks,
    )


def attend(heads: nn.MultiheadAttention, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
    return heads(x, x, x, need_weights=False, attn_mask=mask)[0]


def in_blocks(net: nn.Module, x: torch.Tensor) -> torch.Tensor:
    for block in net.blocks:
        x = x + attend(block["attn"], block["0"](x))
    return x


def heads(name: str, shape: tuple[int, ...], layer: nn.MultiheadAttention, mask: torch.Tensor | None = None) -> None:
    """A tensor's attention to itself."""
    graph(name, shape, {0: layer}, lambda net, x: attend(net[0], x, None if mask is None else mask.to(x.dtype)))


def mask(*shape: int) -> Draw:
    """Numbers, and minus infinity for a third of the keys; the first key is visible to all."""

    def draw(rng: np.random.Generator) -> np.ndarray:
        seen = rng.random(shape) > 0.33
        seen[..., 0] = True
        return np.where(seen, rng.standard_normal(shape), -np.inf)

    return draw
