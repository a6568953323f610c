"""Makes `tests/facts/*.txt`: what PyTorch reports for the networks that `networks.py` lists, one row per layer.

A layer is an operator that PyTorch dispatches in a forward pass of one sample, under the name of the module that calls
it; operators that only move or reinterpret data are left out. Its multiply-accumulates are half of what
`torch.utils.flop_counter` counts for it. In networks with attention, which is several operators, a row is a module.

`python scripts/network_facts.py [network..]`: all networks, or the named ones.
"""

import sys
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode, flop_registry
from torchvision.models import vit_b_16

from networks import LISTED

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "facts"

# netcost's name for each of PyTorch's operators.
OPERATORS = {
    "convolution": "conv2d",
    "addmm": "linear",
    "bmm": "matmul",
    "native_batch_norm": "batch_norm",
    "relu": "relu",
    "relu_": "relu",
    "hardtanh": "relu6",
    "hardtanh_": "relu6",
    "hardswish": "hard_swish",
    "hardswish_": "hard_swish",
    "hardsigmoid": "hard_sigmoid",
    "hardsigmoid_": "hard_sigmoid",
    "silu": "silu",
    "silu_": "silu",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "_softmax": "softmax",
    "max_pool2d_with_indices": "max_pool2d",
    "avg_pool2d": "avg_pool2d",
    "mean": "global_avg_pool",
    "_adaptive_avg_pool2d": "adaptive_avg_pool2d",
    "upsample_nearest2d": "upsample2d",
    "cat": "concat",
    "add": "add",
    "add_": "add",
    "sub": "sub",
    "mul": "mul",
    "div": "div",
}


class Rows(TorchDispatchMode):
    """The operators of a forward pass."""

    def __init__(self, network: nn.Module):
        super().__init__()
        self.rows: list[str] = []
        self.stack: list[tuple[str, nn.Module]] = []
        for name, module in network.named_modules():
            module.register_forward_pre_hook(lambda module, _, name=name: self.stack.append((name, module)))
            module.register_forward_hook(lambda *_: self.stack.pop() and None)

    def __torch_dispatch__(self, operator, types, arguments=(), keywords=None):
        output = operator(*arguments, **(keywords or {}))
        packet = operator.overloadpacket
        name = packet.__name__
        if name in OPERATORS:
            count = flop_registry.get(packet)
            flops = count(*arguments, **(keywords or {}), out_val=output) if count else 0
            assert flops % 2 == 0
            self.row(OPERATORS[name], arguments, output[0] if isinstance(output, tuple) else output, flops // 2)
        return output

    def row(self, operator: str, arguments: tuple, output: torch.Tensor, macs: int) -> None:
        name, module = self.stack[-1]
        if operator == "conv2d" and arguments[6]:
            operator = "conv_transpose2d"
        learned = dict(module.named_parameters(recurse=False))
        count = sum(parameter.numel() for parameter in learned.values())
        # A product of several matrices has their number as its first axis, everything else the batch.
        shape = output.shape if operator == "matmul" else output.shape[1:]
        words = [name or "-", operator, extents(shape), str(macs), str(count)]
        self.rows.append(" ".join(words + [f"{entry}:{extents(tensor.shape)}" for entry, tensor in learned.items()]))


# Networks whose modules are listed, with the shape of their input.
BY_MODULE = {
    "vit_b_16": (vit_b_16, (3, 224, 224)),
    "multi_head_attention": (lambda: Heads(nn.MultiheadAttention(256, 8, batch_first=True)), (64, 256)),
    "transformer_encoder_layer": (lambda: nn.TransformerEncoderLayer(256, 8, 1024, batch_first=True), (64, 256)),
    "linear_of_tokens": (
        lambda: nn.Sequential(OrderedDict(f=nn.Linear(32, 64), n=nn.LayerNorm(64), g=nn.GELU())),
        (100, 32),
    ),
}

# netcost's name for each of them.
MODULES = {
    nn.Conv2d: "conv2d",
    nn.LayerNorm: "layer_norm",
    nn.MultiheadAttention: "multi_head_attention",
    nn.Linear: "linear",
    nn.GELU: "gelu",
}


class Heads(nn.Module):
    """A tensor's attention to itself."""

    def __init__(self, mha: nn.MultiheadAttention):
        super().__init__()
        self.mha = mha

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.mha(x, x, x, need_weights=False)[0]


def module_rows(network: nn.Module, image: torch.Tensor) -> list[str]:
    rows, listed = [], []

    def row(name: str, module: nn.Module, operator: str) -> None:
        def hook(_: nn.Module, __: tuple, output: torch.Tensor | tuple) -> None:
            output = output[0] if isinstance(output, tuple) else output
            learned = dict(module.named_parameters())
            macs = sum(counter.get_flop_counts().get(f"{type(network).__name__}.{name}", {}).values()) // 2
            count = sum(parameter.numel() for parameter in learned.values())
            words = [name, operator, extents(output.shape[1:]), str(macs), str(count)]
            rows.append(" ".join(words + [f"{entry}:{extents(tensor.shape)}" for entry, tensor in learned.items()]))

        module.register_forward_hook(hook)
        listed.extend(f"{name}.{entry}" for entry, _ in module.named_parameters())

    for name, module in network.named_modules():
        inside = any(entry.startswith(f"{name}.") for entry in listed)
        if type(module) in MODULES and not inside:
            row(name, module, MODULES[type(module)])
    # Under `no_grad`, attention is a single operator, which is not counted.
    torch.backends.mha.set_fastpath_enabled(False)
    with FlopCounterMode(display=False) as counter:
        network(image)
    of_none = [(name, tensor.shape) for name, tensor in network.named_parameters() if name not in listed]
    own = [f"{name} parameter {extents(shape)} 0 {shape.numel()} :{extents(shape)}" for name, shape in of_none]
    return own + rows


def extents(shape: torch.Size) -> str:
    return "x".join(map(str, shape))


def operator_rows(network: nn.Module, image: torch.Tensor) -> list[str]:
    with torch.no_grad():
        # Tensors made once, such as YOLO's anchors, are not part of an inference.
        network(image)
        with Rows(network) as rows:
            network(image)
    return rows.rows


def main() -> None:
    torch.set_num_threads(1)
    for name in sys.argv[1:] or [*LISTED, *BY_MODULE]:
        make, shape = LISTED.get(name) or BY_MODULE[name]
        network, image = make().eval(), torch.zeros(1, *shape)
        rows = operator_rows(network, image) if name in LISTED else module_rows(network, image)
        (FOLDER / f"{name}.txt").write_text("\n".join(rows) + "\n")
        macs = sum(int(row.split()[3]) for row in rows)
        params = sum(parameter.numel() for parameter in network.parameters())
        print(f"| `{name}.txt` | {macs:,} | {params:,} |")


if __name__ == "__main__":
    main()
