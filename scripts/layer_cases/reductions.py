"""One number for all elements of some axes."""

import torch

from layer_cases import formula


def declare() -> None:
    formula("sum", (3, 4, 5), lambda x: x.sum((1, 2, 3)))
    formula("sum_axis0", (3, 4, 5), lambda x: x.sum(1))
    formula("sum_axis1_kept", (3, 4, 5), lambda x: x.sum(2, keepdim=True))
    formula("sum_outer_axes", (3, 4, 5), lambda x: x.sum((1, 3)))
    formula("mean", (7,), lambda x: x.mean(1))
    formula("mean_of_channels", (5, 3, 7), lambda x: x.mean((2, 3)))
    formula("mean_of_channels_kept", (5, 3, 7), lambda x: x.mean((2, 3), keepdim=True))
    formula("mean_last_axis", (3, 4, 5), lambda x: x.mean(-1))
    formula("mean_rank4", (2, 3, 4, 5), lambda x: x.mean((1, 3), keepdim=True))
    formula("amax", (3, 4, 5), lambda x: x.amax((1, 2, 3)))
    formula("amax_axis0", (3, 4, 5), lambda x: x.amax(1))
    formula("amax_axes_kept", (3, 4, 5), lambda x: x.amax((2, 3), keepdim=True))
    formula("amin", (3, 4, 5), lambda x: x.amin((1, 2, 3)))
    formula("amin_axis1", (3, 4, 5), lambda x: x.amin(2))
    formula("norm", (3, 4, 5), lambda x: torch.linalg.vector_norm(x, 2, (1, 2, 3)))
    formula("norm_axis0", (3, 4, 5), lambda x: torch.linalg.vector_norm(x, 2, 1))
    formula("norm_axes_kept", (3, 4, 5), lambda x: torch.linalg.vector_norm(x, 2, (2, 3), keepdim=True))
    formula("norm1_axis1", (3, 4, 5), lambda x: torch.linalg.vector_norm(x, 1, 2))
    formula("norm1_kept", (3, 5), lambda x: torch.linalg.vector_norm(x, 1, (1, 2), keepdim=True))
    formula("normalised_by_norm", (4, 5), lambda x: torch.nn.functional.normalize(x, dim=2))
    formula("spatial_attention", (3, 4, 5), attention)


def attention(x: torch.Tensor) -> torch.Tensor:
    return x * torch.sigmoid(x.mean(1, keepdim=True) + x.amax(1, keepdim=True))
