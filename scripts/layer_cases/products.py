"""Products of two tensors."""

import math

import torch

from layer_cases import formula


def declare() -> None:
    formula("matmul", [(3, 4), (4, 5)], torch.matmul)
    formula("matmul_row", [(1, 7), (7, 3)], torch.matmul)
    formula("matmul_column", [(5, 3), (3, 1)], torch.matmul)
    formula("matmul_outer", [(5, 1), (1, 3)], torch.matmul)
    formula("matmul_heads", [(2, 3, 4), (2, 4, 5)], torch.matmul)
    # PyTorch's batch axis is in the way: the axis that the second tensor lacks is inserted after it.
    formula("matmul_broadcast_right", [(2, 3, 4), (4, 5)], lambda a, b: a @ b[:, None])
    formula("matmul_broadcast_left", [(3, 4), (2, 4, 5)], lambda a, b: a[:, None] @ b)
    formula("matmul_broadcast_both", [(2, 1, 3, 4), (1, 3, 4, 2)], torch.matmul)
    formula("matmul_own_transpose", (2, 3, 5), lambda x: x @ x.transpose(-1, -2))
    formula("bmm", [(3, 4, 5), (3, 5, 2)], lambda a, b: torch.bmm(a[0], b[0])[None])
    formula("attention", [(2, 5, 3), (2, 7, 3), (2, 7, 4)], attention)


def attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    return torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(3.0), -1) @ v
