"""Recurrent layers, and the embeddings before them."""

from torch import nn

from layer_cases import Draw, graph


def indices(rows: int, *shape: int) -> Draw:
    return lambda rng: rng.integers(0, rows, shape)


def embedding(name: str, rows: int, dim: int, *shape: int, **options: int) -> None:
    layer = nn.Embedding(rows, dim, **options)
    graph(name, indices(rows, *shape), {0: layer}, lambda net, x: net[0](x.long()))


def declare() -> None:
    embedding("embedding", 10, 6, 7)
    embedding("embedding_one_row", 1, 5, 3)
    embedding("embedding_one_column", 9, 1, 4)
    embedding("embedding_rank2", 8, 5, 3, 2)
    embedding("embedding_padding_idx", 6, 3, 12, padding_idx=2)
