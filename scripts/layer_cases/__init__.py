"""The outputs of PyTorch's layers, case by case: how cases are declared and drawn. The cases are in the modules next
to this file, one for each family of layers."""

import zlib
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# An input is given by its shape, by its values, or by a function that draws it.
Draw = Callable[[np.random.Generator], np.ndarray]
Input = tuple[int, ...] | np.ndarray | Draw

# The cases of the family being declared.
CASES: dict[str, tuple[nn.Module, tuple[Input, ...]]] = {}


class Net(nn.Module):
    """A network that is not a sequence: `forward(self, *inputs)` over layers named as in `names`."""

    def __init__(self, forward: Callable[..., torch.Tensor], names: dict[str, nn.Module | nn.Parameter]):
        super().__init__()
        self.rule = forward
        for name, layer in names.items():
            setattr(self, name, layer)

    def __getitem__(self, name: int | str) -> nn.Module:
        return getattr(self, str(name))

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.rule(self, *inputs)


def case(name: str, inputs: Input | list[Input], *layers: nn.Module) -> None:
    """A flat nn.Sequential of the layers."""
    add(name, inputs, nn.Sequential(*layers))


def formula(name: str, inputs: Input | list[Input], rule: Callable[..., torch.Tensor]) -> None:
    """A function of the inputs, which carry PyTorch's batch axis, without layers."""
    add(name, inputs, Net(lambda _, *tensors: rule(*tensors), {}))


def graph(
    name: str,
    inputs: Input | list[Input],
    layers: dict[int | str, nn.Module | nn.Parameter],
    rule: Callable[..., torch.Tensor],
) -> None:
    """Layers by their index in the declaration, and how they are joined."""
    add(name, inputs, Net(rule, {str(index): layer for index, layer in layers.items()}))


def add(name: str, inputs: Input | list[Input], net: nn.Module) -> None:
    assert name not in CASES, f"two cases are called {name}"
    CASES[name] = (net, tuple(inputs) if isinstance(inputs, list) else (inputs,))


def same(window: nn.Module, value: float = 0.0) -> nn.Module:
    """TensorFlow's `same` before a convolution or a pool without padding: output ceil(in / stride), the odd
    element of the padding at the end (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2)."""

    def pad(_: nn.Module, inputs: tuple[torch.Tensor]) -> torch.Tensor:
        amounts = []
        sizes = inputs[0].shape[2:]
        options = [window.kernel_size, window.stride, getattr(window, "dilation", 1)]
        options = [option if isinstance(option, tuple) else (option,) * len(sizes) for option in options]
        for size, kernel, stride, dilation in zip(sizes, *options, strict=True):
            reach = (-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1
            total = max(reach - size, 0)
            amounts = [total // 2, total - total // 2, *amounts]  # F.pad takes the last axis first
        return F.pad(inputs[0], amounts, value=value)

    window.register_forward_pre_hook(pad)
    return window


def negative(*shape: int) -> Draw:
    """Below -1, so that padding with 0 would win a maximum."""
    return lambda rng: -1.0 - np.abs(rng.standard_normal(shape))


def divisor(*shape: int) -> Draw:
    """Of either sign, and not near 0."""
    return lambda rng: rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


def draw_input(rng: np.random.Generator, values: Input) -> np.ndarray:
    if isinstance(values, tuple):
        values = rng.standard_normal(values)
    elif callable(values):
        values = values(rng)
    return values.astype(np.float32)


def draw_state(rng: np.random.Generator, name: str, shape: torch.Size) -> np.ndarray | None:
    """Weights that preserve the variance of their input, and statistics other than 0 and 1; nothing for
    the step counter of a batch norm, which takes no part in inference."""
    match name.rpartition(".")[2]:
        case "num_batches_tracked":
            return None
        case "running_var":
            values = rng.uniform(0.3, 2.0, shape)
        case "weight" if len(shape) > 1:
            values = rng.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))
        case "weight":
            values = divisor(*shape)(rng)
        case _:
            values = 0.5 * rng.standard_normal(shape)
    return values.astype(np.float32)


def answer(net: nn.Module, inputs: list[np.ndarray], dtype: torch.dtype) -> np.ndarray:
    batches = [torch.from_numpy(values)[None].to(dtype) for values in inputs]
    with torch.no_grad():
        return net.to(dtype)(*batches)[0].numpy().astype(np.float32)


def tensors_of(name: str) -> dict[str, np.ndarray]:
    """The tensors of one case, seeded by its name: adding or removing a case does not change the others."""
    net, inputs = CASES[name]
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    values = [draw_input(rng, value) for value in inputs]
    state = {key: draw_state(rng, key, tensor.shape) for key, tensor in net.state_dict().items()}
    state = {key: drawn for key, drawn in state.items() if drawn is not None}
    net.load_state_dict({key: torch.from_numpy(drawn) for key, drawn in state.items()}, strict=False)
    net.eval()

    output = answer(net, values, torch.float64)
    error = np.abs(answer(net, values, torch.float32) - output).max() / np.abs(output).max()
    assert error < 2e-6, f"{name}: f32 itself is {error:.1e} off, so the tolerance would be no test"

    keys = ["input"] if len(values) == 1 else [f"input{i}" for i in range(len(values))]
    tensors = dict(zip(keys, values, strict=True)) | {"output": output}
    tensors |= {f"state/{key}": drawn for key, drawn in state.items()}
    return {f"{name}/{key}": np.ascontiguousarray(tensor) for key, tensor in tensors.items()}
