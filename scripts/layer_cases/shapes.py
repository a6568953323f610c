"""Layers that move elements."""

import torch
import torch.nn.functional as F
from torch import nn

from layer_cases import case, formula


def declare() -> None:
    case("identity", (3, 4), nn.Identity())
    case("dropout", (3, 4), nn.Dropout(0.5))
    case("flatten", (2, 3, 4), nn.Flatten())
    case("flatten_linear", (2, 3, 4), nn.Flatten(), nn.Linear(24, 5))
    case("reshape", (3, 4, 5), nn.Flatten(), nn.Unflatten(1, (6, 10)))
    case("reshape_conv1d", (2, 3, 4), nn.Flatten(2), nn.Conv1d(2, 3, 3))

    formula("concat_axis0", [(2, 3, 4), (3, 3, 4)], lambda a, b: torch.cat([a, b], 1))
    formula("concat_axis1", [(2, 3, 4), (2, 1, 4)], lambda a, b: torch.cat([a, b], 2))
    formula("concat_axis2", [(2, 3, 4), (2, 3, 5)], lambda a, b: torch.cat([a, b], 3))
    formula("concat_rank4_axis1", [(2, 3, 2, 3), (2, 1, 2, 3)], lambda a, b: torch.cat([a, b], 2))
    formula("concat_three", [(2, 5), (1, 5), (3, 5)], lambda a, b, c: torch.cat([a, b, c], 1))
    formula("concat_rank1", [(3,), (4,)], lambda a, b: torch.cat([a, b], 1))
    formula("concat_with_itself", (2, 3), lambda x: torch.cat([x, x, x], 2))

    # The parts are joined in another order, so that every element visibly moves.
    formula("chunk_axis0", (4, 2, 3), lambda x: torch.cat(x.chunk(2, 1)[::-1], 1))
    formula("chunk_axis1", (2, 6, 3), lambda x: torch.cat(x.chunk(3, 2)[::-1], 2))
    formula("chunk_axis2", (2, 3, 4), lambda x: torch.cat(x.chunk(2, 3)[::-1], 3))
    formula("split_axis0", (6, 2, 2), lambda x: torch.cat(x.split([1, 3, 2], 1)[::-1], 1))
    formula("split_axis1", (2, 5, 3), lambda x: torch.cat(x.split([2, 3], 2)[::-1], 2))
    formula("split_axis2", (2, 3, 5), lambda x: torch.cat(x.split([4, 1], 3)[::-1], 3))
    formula("gated_linear_unit", (6, 3, 2), lambda x: F.glu(x, 1))

    formula("permute_channels_last", (2, 3, 4), lambda x: x.permute(0, 2, 3, 1))
    formula("permute_rank4", (2, 3, 5, 4), lambda x: x.permute(0, 4, 2, 1, 3))
    formula("permute_last_kept", (3, 2, 4, 3), lambda x: x.permute(0, 3, 1, 2, 4))
    formula("permute_of_ones", (1, 5, 1, 3), lambda x: x.permute(0, 3, 1, 2, 4))
    formula("transpose_matrix", (3, 7), lambda x: x.transpose(1, 2))
    formula("transpose_rank3", (3, 4, 5), lambda x: x.transpose(1, -1))
    formula("transpose_between_activations", (3, 4, 5), lambda x: F.relu(x).transpose(1, 2).sigmoid())
    formula("squeeze", (3, 1, 5), lambda x: x.squeeze(2))
    formula("unsqueeze_front", (3, 5), lambda x: x.unsqueeze(1))
    formula("unsqueeze_back", (3, 5), lambda x: x.unsqueeze(-1))
    formula("narrow_axis0", (5, 2, 3), lambda x: x.narrow(1, 1, 3))
    formula("narrow_axis1", (2, 7, 3), lambda x: x.narrow(2, 2, 4))
    formula("narrow_axis2", (2, 3, 5), lambda x: x.narrow(3, 4, 1))
    formula("narrow_window", (2, 6, 5), lambda x: x[:, :, 1:5, 2:4])
    formula("roll", (2, 5, 3), lambda x: x.roll(2, 2))
    formula("roll_back", (4, 2, 3), lambda x: x.roll(-1, 1))
    formula("roll_both_axes", (5, 4, 2), lambda x: x.roll((-2, -1), (1, 2)))
