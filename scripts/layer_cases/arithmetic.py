"""Arithmetic of tensors and numbers."""

import torch
import torch.nn.functional as F
from torch import nn

from layer_cases import divisor, formula, graph


def declare() -> None:
    operations = {
        "add": (torch.add, tuple),
        "sub": (torch.sub, tuple),
        "mul": (torch.mul, tuple),
        "div": (torch.div, lambda shape: divisor(*shape)),
        "maximum": (torch.maximum, tuple),
        "minimum": (torch.minimum, tuple),
    }
    for name, (operation, right) in operations.items():
        formula(name, [(3, 4, 5), right((3, 4, 5))], operation)
        formula(f"{name}_channels", [(3, 4, 5), right((3, 1, 1))], operation)
        formula(f"{name}_last_axis", [(3, 4, 5), right((5,))], operation)
        formula(f"{name}_broadcast_left", [(3, 1, 1), right((3, 4, 5))], operation)
    formula("add_rank2_to_rank3", [(3, 4, 5), (4, 5)], torch.add)
    formula("add_middle_axis", [(3, 4, 5), (3, 1, 5)], torch.add)
    formula("mul_one_element", [(3, 4), (1,)], torch.mul)
    formula("add_rank4_axes_in_turn", [(2, 1, 3, 1), (1, 4, 1, 5)], torch.add)
    formula("mul_both_broadcast", [(3, 1, 5), (4, 1)], torch.mul)

    formula("add_scalar", (3, 5), lambda x: x + 1.5)
    formula("sub_scalar", (3, 5), lambda x: x - 0.75)
    formula("mul_scalar", (3, 5), lambda x: x * -0.5)
    formula("div_scalar", (3, 5), lambda x: x / 3.0)
    formula("scalar_add", (3, 5), lambda x: 1.5 + x)
    formula("scalar_sub", (3, 5), lambda x: 1.0 - x)
    formula("scalar_mul", (3, 5), lambda x: 2.5 * x)
    formula("scalar_div", divisor(3, 5), lambda x: 2.0 / x)
    formula("scale", (2, 3, 4), lambda x: x * 0.25)

    formula("add_itself", (3, 5), lambda x: x + x)
    formula("sub_own_relu", (3, 5), lambda x: x - F.relu(x))
    formula("mul_own_sigmoid", (3, 5), F.silu)
    formula("iota", (3, 2, 4), lambda x: x * torch.arange(2)[:, None])
    formula("constant", (3, 2, 4), lambda x: x * 0.5 + 0.25)
    tokens = {"class_token": nn.Parameter(torch.empty(1, 1, 6)), "positions": nn.Parameter(torch.empty(1, 5, 6))}
    graph(
        "class_token_and_positions",
        (4, 6),
        tokens,
        lambda net, x: torch.cat([net.class_token, x], 1) + net.positions,
    )
    graph("layer_scale", (4, 6), {"scale": nn.Parameter(torch.empty(6))}, lambda net, x: x + net.scale * F.relu(x))
    graph("parameter", (3, 2, 4), {"gain": nn.Parameter(torch.empty(3, 1, 1))}, lambda net, x: x * net.gain)
