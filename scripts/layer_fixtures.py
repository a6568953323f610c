"""Makes `tests/fixtures/layers.safetensors`: what PyTorch's layers answer, case by case.

Each case has `{case}/input` (`{case}/input0`, `{case}/input1`, .. if it takes several),
`{case}/output` and, under `{case}/state/`, its state dict, all f32 and without a batch axis. The
network of each case is declared in Rust in `tests/layers`.

PyTorch computes in f64, on f32 inputs and weights, and the output is rounded to f32: so a kernel is
held to the exact answer, and the file does not depend on the SIMD of the machine that makes it.
"""

import zlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save
from torch import nn

ORIGIN = f"scripts/layer_fixtures.py, torch {torch.__version__.split('+')[0]}"
FILE = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "layers.safetensors"

# An input is given by its shape, by its values, or by a function that draws it.
Draw = Callable[[np.random.Generator], np.ndarray]
Input = tuple[int, ...] | np.ndarray | Draw

CASES: dict[str, tuple[nn.Module, tuple[Input, ...]]] = {}


class Net(nn.Module):
    """A network that is no sequence: `forward(self, *inputs)` over layers named as in `names`."""

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
    """Layers by the index they have in the declaration, and how they are joined."""
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
    """Below -1, so that a padding taken for 0 would win a maximum."""
    return lambda rng: -1.0 - np.abs(rng.standard_normal(shape))


def divisor(*shape: int) -> Draw:
    """Of either sign, and away from 0."""
    return lambda rng: rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


def convolutions() -> None:
    case("conv1d", (3, 11), nn.Conv1d(3, 4, 3))
    case("conv1d_no_bias", (3, 11), nn.Conv1d(3, 4, 3, bias=False))
    case("conv1d_pointwise", (5, 7), nn.Conv1d(5, 3, 1))
    case("conv1d_stride2", (3, 11), nn.Conv1d(3, 4, 4, stride=2))
    case("conv1d_stride_beyond_kernel", (2, 14), nn.Conv1d(2, 3, 2, stride=5))
    case("conv1d_padding", (3, 9), nn.Conv1d(3, 4, 3, padding=1))
    case("conv1d_padding_few_taps", (2, 3), nn.Conv1d(2, 3, 5, padding=4))
    case("conv1d_padding_beyond_kernel", (2, 5), nn.Conv1d(2, 3, 3, padding=4))
    case("conv1d_dilation3", (2, 13), nn.Conv1d(2, 3, 4, dilation=3))
    case("conv1d_groups2", (4, 9), nn.Conv1d(4, 6, 3, groups=2))
    case("conv1d_depthwise", (5, 9), nn.Conv1d(5, 5, 3, padding=1, groups=5))
    case("conv1d_same", (3, 8), same(nn.Conv1d(3, 4, 4)))
    case("conv1d_stride3_same", (3, 11), same(nn.Conv1d(3, 4, 5, stride=3)))
    case("conv1d_dilation2_same", (2, 10), same(nn.Conv1d(2, 3, 3, stride=2, dilation=2)))
    case(
        "conv1d_every_option",
        (4, 23),
        nn.Conv1d(4, 6, 3, stride=2, padding=3, dilation=4, groups=2, bias=False),
    )
    case("conv1d_whole_input", (3, 7), nn.Conv1d(3, 4, 7))

    case("conv2d", (3, 7, 6), nn.Conv2d(3, 4, 3))
    case("conv2d_no_bias", (3, 7, 6), nn.Conv2d(3, 4, 3, bias=False))
    case("conv2d_one_channel", (1, 5, 5), nn.Conv2d(1, 1, 2))
    case("conv2d_many_channels", (17, 5, 7), nn.Conv2d(17, 19, 3, padding=1))
    case("conv2d_pointwise", (5, 3, 7), nn.Conv2d(5, 9, 1))
    case("conv2d_pointwise_stride2", (5, 5, 4), nn.Conv2d(5, 3, 1, stride=2, bias=False))
    case("conv2d_pointwise_padding", (2, 3, 4), nn.Conv2d(2, 3, 1, padding=1))
    case("conv2d_kernel_1x5", (2, 4, 9), nn.Conv2d(2, 3, (1, 5)))
    case("conv2d_kernel_4x3", (2, 9, 7), nn.Conv2d(2, 3, (4, 3)))
    case("conv2d_stride2", (3, 9, 8), nn.Conv2d(3, 4, 3, stride=2))
    case("conv2d_stride_3x1", (2, 10, 5), nn.Conv2d(2, 3, 3, stride=(3, 1)))
    case("conv2d_stride_beyond_kernel", (2, 9, 11), nn.Conv2d(2, 3, 2, stride=4))
    case("conv2d_padding", (3, 5, 6), nn.Conv2d(3, 4, 3, padding=1))
    case("conv2d_padding_2x0", (2, 4, 7), nn.Conv2d(2, 3, (5, 3), padding=(2, 0)))
    case("conv2d_padding_stride2", (3, 7, 7), nn.Conv2d(3, 4, 3, stride=2, padding=1))
    case("conv2d_padding_few_taps", (2, 3, 2), nn.Conv2d(2, 3, 3, padding=2))
    case("conv2d_padding_beyond_kernel", (2, 3, 4), nn.Conv2d(2, 3, 3, padding=4))
    case("conv2d_padding_beyond_kernel_no_bias", (2, 2, 2), nn.Conv2d(2, 3, 2, padding=3, bias=False))
    case("conv2d_kernel_beyond_input", (2, 3, 3), nn.Conv2d(2, 3, 5, padding=1))
    case("conv2d_dilation2", (2, 8, 9), nn.Conv2d(2, 3, 3, dilation=2))
    case("conv2d_dilation_1x3", (2, 5, 10), nn.Conv2d(2, 3, (2, 3), dilation=(1, 3)))
    case("conv2d_dilation2_padding2", (3, 6, 5), nn.Conv2d(3, 4, 3, padding=2, dilation=2))
    case("conv2d_groups2", (4, 6, 5), nn.Conv2d(4, 6, 3, groups=2))
    case("conv2d_groups3_no_bias", (6, 5, 5), nn.Conv2d(6, 3, 3, padding=1, groups=3, bias=False))
    case("conv2d_depthwise", (5, 6, 7), nn.Conv2d(5, 5, 3, padding=1, groups=5, bias=False))
    case("conv2d_depthwise_stride2", (4, 7, 8), nn.Conv2d(4, 4, 3, stride=2, padding=1, groups=4))
    case("conv2d_depthwise_multiplier2", (3, 5, 6), nn.Conv2d(3, 6, 3, padding=1, groups=3))
    case("conv2d_depthwise_same", (3, 6, 5), same(nn.Conv2d(3, 3, (2, 4), stride=2, groups=3)))
    case("conv2d_depthwise_kernel5_dilation", (3, 9, 10), nn.Conv2d(3, 3, 5, padding=4, dilation=(2, 1), groups=3))
    case("conv2d_depthwise_many_channels", (35, 5, 6), nn.Conv2d(35, 35, 3, padding=1, groups=35))
    case("conv2d_pointwise_groups2", (6, 3, 5), nn.Conv2d(6, 8, 1, groups=2))
    case("conv2d_pointwise_many_channels", (37, 3, 11), nn.Conv2d(37, 35, 1))
    case("conv2d_groups_of_many_channels", (32, 4, 5), nn.Conv2d(32, 34, 3, padding=1, groups=2))
    case("conv2d_same", (2, 5, 6), same(nn.Conv2d(2, 3, 3)))
    case("conv2d_same_even_kernel", (2, 5, 6), same(nn.Conv2d(2, 3, (2, 4))))
    case("conv2d_stride2_same", (3, 9, 7), same(nn.Conv2d(3, 4, 3, stride=2)))
    case("conv2d_stride2_same_even_size", (3, 8, 6), same(nn.Conv2d(3, 4, 3, stride=2)))
    case("conv2d_stride_3x2_same", (2, 10, 7), same(nn.Conv2d(2, 3, (4, 5), stride=(3, 2))))
    case("conv2d_same_stride_beyond_kernel", (2, 8, 9), same(nn.Conv2d(2, 3, 2, stride=3)))
    case("conv2d_dilation_same", (2, 7, 8), same(nn.Conv2d(2, 3, 3, stride=(2, 1), dilation=(2, 3))))
    case("conv2d_keyword_spotting_stem", (1, 49, 10), same(nn.Conv2d(1, 4, (10, 4), stride=2, bias=False)))
    case("conv2d_whole_input", (3, 4, 5), nn.Conv2d(3, 6, (4, 5)))
    case(
        "conv2d_every_option",
        (4, 11, 12),
        nn.Conv2d(4, 6, (3, 2), stride=(2, 3), padding=(3, 1), dilation=(2, 4), groups=2, bias=False),
    )
    case("conv2d_two_layers", (2, 7, 7), nn.Conv2d(2, 4, 3), nn.Conv2d(4, 3, 3, stride=2))

    case("conv3d", (2, 4, 5, 6), nn.Conv3d(2, 3, 3))
    case("conv3d_no_bias", (2, 3, 4, 3), nn.Conv3d(2, 3, 2, bias=False))
    case("conv3d_pointwise", (4, 2, 3, 3), nn.Conv3d(4, 3, 1))
    case("conv3d_kernel_1x3x2", (2, 3, 5, 4), nn.Conv3d(2, 3, (1, 3, 2)))
    case("conv3d_stride_1x2x3", (2, 4, 5, 7), nn.Conv3d(2, 2, 2, stride=(1, 2, 3)))
    case("conv3d_padding_1x0x2", (2, 3, 4, 3), nn.Conv3d(2, 2, 3, padding=(1, 0, 2)))
    case("conv3d_padding_few_taps", (2, 2, 1, 2), nn.Conv3d(2, 2, 3, padding=2))
    case("conv3d_dilation2", (2, 5, 4, 5), nn.Conv3d(2, 2, 2, dilation=2))
    case("conv3d_groups2", (4, 3, 3, 4), nn.Conv3d(4, 4, 2, groups=2))
    case("conv3d_depthwise", (3, 3, 4, 3), nn.Conv3d(3, 3, 3, padding=1, groups=3, bias=False))
    case("conv3d_stride2_same", (2, 4, 5, 3), same(nn.Conv3d(2, 2, (2, 3, 4), stride=2)))
    case(
        "conv3d_every_option",
        (4, 6, 7, 9),
        nn.Conv3d(4, 6, (2, 3, 2), (2, 1, 3), (1, 2, 0), (1, 2, 3), groups=2, bias=False),
    )
    case("conv3d_whole_input", (2, 2, 3, 4), nn.Conv3d(2, 3, (2, 3, 4)))


def linears() -> None:
    case("linear", (10,), nn.Linear(10, 7))
    case("linear_no_bias", (10,), nn.Linear(10, 7, bias=False))
    case("linear_one_output", (9,), nn.Linear(9, 1))
    case("linear_one_input", (1,), nn.Linear(1, 5))
    case("linear_many_features", (67,), nn.Linear(67, 33))
    case("linear_rank2", (4, 10), nn.Linear(10, 6))
    case("linear_rank3", (2, 3, 5), nn.Linear(5, 4))
    case("linear_rank3_no_bias", (2, 3, 5), nn.Linear(5, 4, bias=False))
    case("linear_two_layers", (3, 6), nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 6))


def normalisations() -> None:
    case("batch_norm_rank1", (7,), nn.BatchNorm1d(7))
    case("batch_norm_rank2", (5, 6), nn.BatchNorm1d(5))
    case("batch_norm_rank3", (5, 3, 4), nn.BatchNorm2d(5))
    case("batch_norm_rank4", (3, 2, 3, 4), nn.BatchNorm3d(3))
    case("batch_norm_eps", (4, 3, 3), nn.BatchNorm2d(4, eps=0.1))
    case("batch_norm_no_affine", (4, 3, 3), nn.BatchNorm2d(4, affine=False))
    case("batch_norm_no_affine_eps", (6,), nn.BatchNorm1d(6, eps=1e-2, affine=False))
    case("batch_norm_after_conv2d", (3, 5, 5), nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4))


def activations() -> None:
    steps = np.arange(-8.0, 8.25, 0.25)
    near = np.array([-0.0, 1e-20, 1e-6, 1e-3, -1e-20, -1e-6, -1e-3, -3.001, -2.999, 2.999, 3.001, 5.999, 6.001])
    far = np.array([10.0, 16.0, 20.0, 50.0, 87.0, 88.0, 89.0, 90.0, 100.0, 104.0, 1e3, 1e4])
    layers = {
        "relu": nn.ReLU(),
        "relu6": nn.ReLU6(),
        "leaky_relu": nn.LeakyReLU(),
        "leaky_relu_slope": nn.LeakyReLU(0.2),
        "sigmoid": nn.Sigmoid(),
        "tanh": nn.Tanh(),
        "hard_swish": nn.Hardswish(),
        "hard_sigmoid": nn.Hardsigmoid(),
        "silu": nn.SiLU(),
        "gelu": nn.GELU(),
    }
    for name, layer in layers.items():
        case(name, np.concatenate([steps, near]).reshape(2, 3, 13), layer)
        case(f"{name}_large_values", np.concatenate([-far, far]), layer)


def softmaxes() -> None:
    case("softmax", (9,), nn.Softmax(1))
    case("softmax_one_element", (1,), nn.Softmax(1))
    case("softmax_large_values", np.array([-1e4, -200.0, -90.0, 0.0, 89.0, 99.0, 100.0]), nn.Softmax(1))
    case("softmax_rank2_axis0", (4, 5), nn.Softmax(1))
    case("softmax_rank2_axis1", (4, 5), nn.Softmax(2))
    case("softmax_rank3_axis0", (3, 4, 5), nn.Softmax(1))
    case("softmax_rank3_axis1", (3, 4, 5), nn.Softmax(2))
    case("softmax_rank3_axis2", (3, 4, 5), nn.Softmax(3))
    case("softmax_rank4_axis1", (2, 5, 3, 4), nn.Softmax(2))


def max_pools() -> None:
    case("max_pool1d", (3, 9), nn.MaxPool1d(2))
    case("max_pool1d_stride", (3, 10), nn.MaxPool1d(3, stride=2))
    case("max_pool1d_padding", negative(3, 8), nn.MaxPool1d(3, padding=1))
    case("max_pool1d_dilation", (2, 11), nn.MaxPool1d(3, stride=2, dilation=2))
    case("max_pool1d_ceil", (3, 8), nn.MaxPool1d(3, ceil_mode=True))
    # A last window that would start beyond the input is left out.
    case("max_pool1d_ceil_last_window", negative(2, 5), nn.MaxPool1d(2, stride=3, padding=1, ceil_mode=True))

    # The padding never wins.
    case("max_pool1d_same", negative(2, 7), same(nn.MaxPool1d(4, stride=2), -np.inf))
    case("max_pool2d", (3, 6, 7), nn.MaxPool2d(2))
    case("max_pool2d_kernel_1x3", (2, 4, 9), nn.MaxPool2d((1, 3)))
    case("max_pool2d_stride_1x2", (3, 6, 7), nn.MaxPool2d(3, stride=(1, 2)))
    case("max_pool2d_padding", negative(3, 7, 6), nn.MaxPool2d(3, stride=2, padding=1))
    case("max_pool2d_padding_0x2", negative(2, 4, 6), nn.MaxPool2d((2, 5), stride=1, padding=(0, 2)))
    case("max_pool2d_dilation", (2, 8, 7), nn.MaxPool2d(3, stride=1, dilation=2))
    case("max_pool2d_dilation_padding", negative(2, 6, 7), nn.MaxPool2d(3, stride=2, padding=1, dilation=(2, 1)))
    case("max_pool2d_ceil", (3, 6, 8), nn.MaxPool2d(3, stride=2, ceil_mode=True))
    case("max_pool2d_ceil_padding", negative(2, 6, 7), nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True))
    case("max_pool2d_ceil_dilation", (2, 8, 9), nn.MaxPool2d(2, stride=3, dilation=3, ceil_mode=True))
    case("max_pool2d_same", negative(2, 7, 6), same(nn.MaxPool2d(3, stride=2), -np.inf))
    case("max_pool2d_same_dilation", negative(2, 8, 7), same(nn.MaxPool2d(2, stride=(1, 2), dilation=3), -np.inf))
    case("max_pool2d_whole_input", (3, 4, 5), nn.MaxPool2d((4, 5)))

    case("max_pool3d", (2, 4, 5, 4), nn.MaxPool3d(2))
    case("max_pool3d_stride_1x2x2", (2, 3, 5, 4), nn.MaxPool3d(2, stride=(1, 2, 2)))
    case("max_pool3d_padding", negative(2, 3, 4, 5), nn.MaxPool3d(3, stride=2, padding=(0, 1, 1)))
    case("max_pool3d_dilation", (2, 4, 5, 5), nn.MaxPool3d(2, stride=1, dilation=(1, 2, 3)))
    case("max_pool3d_same", negative(2, 3, 5, 4), same(nn.MaxPool3d((2, 3, 4), stride=2), -np.inf))
    case("max_pool3d_ceil", (2, 3, 5, 4), nn.MaxPool3d(2, ceil_mode=True))


def avg_pools() -> None:
    case("avg_pool1d", (3, 9), nn.AvgPool1d(2))
    case("avg_pool1d_stride", (3, 10), nn.AvgPool1d(3, stride=2))
    case("avg_pool1d_padding", (3, 8), nn.AvgPool1d(3, padding=1))
    case("avg_pool1d_padding_not_counted", (3, 8), nn.AvgPool1d(3, padding=1, count_include_pad=False))
    case("avg_pool1d_ceil", (3, 8), nn.AvgPool1d(3, ceil_mode=True))
    case("avg_pool1d_ceil_padding", (2, 7), nn.AvgPool1d(4, stride=3, padding=1, ceil_mode=True))
    case(
        "avg_pool1d_ceil_padding_not_counted",
        (2, 7),
        nn.AvgPool1d(4, stride=3, padding=1, ceil_mode=True, count_include_pad=False),
    )
    case("avg_pool1d_ceil_last_window", (2, 5), nn.AvgPool1d(2, stride=3, padding=1, ceil_mode=True))

    case("avg_pool2d", (3, 6, 7), nn.AvgPool2d(2))
    case("avg_pool2d_kernel_1x3", (2, 4, 9), nn.AvgPool2d((1, 3)))
    case("avg_pool2d_stride_1x2", (3, 6, 7), nn.AvgPool2d(3, stride=(1, 2)))
    case("avg_pool2d_padding", (3, 7, 6), nn.AvgPool2d(3, stride=2, padding=1))
    case("avg_pool2d_padding_0x2", (2, 4, 6), nn.AvgPool2d((2, 5), stride=1, padding=(0, 2)))
    case("avg_pool2d_padding_not_counted", (3, 7, 6), nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False))
    case("avg_pool2d_ceil", (3, 6, 8), nn.AvgPool2d(3, stride=2, ceil_mode=True))
    case("avg_pool2d_ceil_not_counted", (3, 6, 8), nn.AvgPool2d(3, stride=2, ceil_mode=True, count_include_pad=False))
    # The last window reaches beyond the padding; what lies there is never counted.
    case("avg_pool2d_ceil_padding", (2, 6, 7), nn.AvgPool2d(4, stride=3, padding=1, ceil_mode=True))
    case(
        "avg_pool2d_ceil_padding_not_counted",
        (2, 6, 7),
        nn.AvgPool2d(4, stride=3, padding=1, ceil_mode=True, count_include_pad=False),
    )
    case("avg_pool2d_same", (2, 7, 6), same(nn.AvgPool2d((3, 4), stride=2)))
    # The share of a window that falls on data is what the average of ones is.
    formula(
        "avg_pool2d_same_not_counted",
        (2, 7, 6),
        lambda x: (pool := same(nn.AvgPool2d((3, 4), stride=2)))(x) / pool(torch.ones_like(x)),
    )
    case("avg_pool2d_whole_input", (3, 4, 5), nn.AvgPool2d((4, 5)))

    case("avg_pool3d", (2, 4, 5, 4), nn.AvgPool3d(2))
    case("avg_pool3d_stride_1x2x2", (2, 3, 5, 4), nn.AvgPool3d(2, stride=(1, 2, 2)))
    case("avg_pool3d_padding", (2, 3, 4, 5), nn.AvgPool3d(3, stride=2, padding=(0, 1, 1)))
    case(
        "avg_pool3d_padding_not_counted",
        (2, 3, 4, 5),
        nn.AvgPool3d(3, stride=2, padding=(0, 1, 1), count_include_pad=False),
    )
    case("avg_pool3d_ceil", (2, 3, 5, 4), nn.AvgPool3d(2, ceil_mode=True))
    case("avg_pool3d_ceil_padding", (2, 3, 4, 7), nn.AvgPool3d(3, stride=2, padding=1, ceil_mode=True))
    case(
        "avg_pool3d_ceil_padding_not_counted",
        (2, 3, 4, 7),
        nn.AvgPool3d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    )


def adaptive_pools() -> None:
    case("adaptive_avg_pool1d", (3, 8), nn.AdaptiveAvgPool1d(4))
    case("adaptive_avg_pool1d_uneven", (3, 11), nn.AdaptiveAvgPool1d(4))
    case("adaptive_avg_pool1d_enlarges", (2, 3), nn.AdaptiveAvgPool1d(5))
    case("adaptive_avg_pool2d", (3, 6, 6), nn.AdaptiveAvgPool2d(3))
    case("adaptive_avg_pool2d_uneven", (3, 7, 5), nn.AdaptiveAvgPool2d((3, 2)))
    case("adaptive_avg_pool2d_one", (3, 7, 5), nn.AdaptiveAvgPool2d(1))
    case("adaptive_avg_pool2d_enlarges", (2, 1, 3), nn.AdaptiveAvgPool2d(4))
    case("adaptive_avg_pool3d_uneven", (2, 5, 4, 7), nn.AdaptiveAvgPool3d((2, 3, 4)))
    case("global_avg_pool_large", (35, 13, 11), nn.AdaptiveAvgPool2d(1))
    case("global_avg_pool_rank2", (4, 9), nn.AdaptiveAvgPool1d(1))
    case("global_avg_pool_rank3", (4, 5, 3), nn.AdaptiveAvgPool2d(1))
    case("global_avg_pool_rank4", (3, 2, 3, 5), nn.AdaptiveAvgPool3d(1))


def shapes() -> None:
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

    # The parts come back in another order, so that each element is seen to move.
    formula("chunk_axis0", (4, 2, 3), lambda x: torch.cat(x.chunk(2, 1)[::-1], 1))
    formula("chunk_axis1", (2, 6, 3), lambda x: torch.cat(x.chunk(3, 2)[::-1], 2))
    formula("chunk_axis2", (2, 3, 4), lambda x: torch.cat(x.chunk(2, 3)[::-1], 3))
    formula("split_axis0", (6, 2, 2), lambda x: torch.cat(x.split([1, 3, 2], 1)[::-1], 1))
    formula("split_axis1", (2, 5, 3), lambda x: torch.cat(x.split([2, 3], 2)[::-1], 2))
    formula("split_axis2", (2, 3, 5), lambda x: torch.cat(x.split([4, 1], 3)[::-1], 3))
    formula("gated_linear_unit", (6, 3, 2), lambda x: F.glu(x, 1))


def arithmetic() -> None:
    operations = {
        "add": (torch.add, tuple),
        "sub": (torch.sub, tuple),
        "mul": (torch.mul, tuple),
        "div": (torch.div, lambda shape: divisor(*shape)),
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
    formula("constant", (3, 2, 4), lambda x: x * 0.5 + 0.25)
    graph("parameter", (3, 2, 4), {"gain": nn.Parameter(torch.empty(3, 1, 1))}, lambda net, x: x * net.gain)


def blocks() -> None:
    graph(
        "named_layers",
        (2, 5, 5),
        {"stem": nn.Sequential(OrderedDict(conv=nn.Conv2d(2, 3, 3))), "head": nn.Linear(3, 4)},
        lambda net, x: net.head(net.stem(x).mean((2, 3))),
    )
    case(
        "classifier",
        (1, 8, 8),
        nn.Conv2d(1, 4, 3, padding=1, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 10),
        nn.Softmax(1),
    )
    case(
        "separable_block",
        (4, 6, 5),
        nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Conv2d(4, 6, 1, bias=False),
        nn.BatchNorm2d(6),
        nn.ReLU(),
    )
    graph(
        "residual_block",
        (4, 6, 5),
        {
            0: nn.Conv2d(4, 4, 3, padding=1, bias=False),
            1: nn.BatchNorm2d(4),
            3: nn.Conv2d(4, 4, 3, padding=1, bias=False),
            4: nn.BatchNorm2d(4),
        },
        lambda net, x: F.relu(net[4](net[3](F.relu(net[1](net[0](x))))) + x),
    )
    graph(
        "residual_block_downsampling",
        (4, 7, 6),
        {
            0: nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False),
            1: nn.BatchNorm2d(6),
            3: nn.Conv2d(6, 6, 3, padding=1, bias=False),
            4: nn.BatchNorm2d(6),
            5: nn.Conv2d(4, 6, 1, stride=2, bias=False),
            6: nn.BatchNorm2d(6),
        },
        lambda net, x: F.relu(net[4](net[3](F.relu(net[1](net[0](x))))) + net[6](net[5](x))),
    )
    graph(
        "inverted_residual_block",
        (3, 5, 6),
        {
            0: nn.Conv2d(3, 9, 1, bias=False),
            1: nn.BatchNorm2d(9),
            3: nn.Conv2d(9, 9, 3, padding=1, groups=9, bias=False),
            4: nn.BatchNorm2d(9),
            6: nn.Conv2d(9, 3, 1, bias=False),
            7: nn.BatchNorm2d(3),
        },
        lambda net, x: x + net[7](net[6](F.relu6(net[4](net[3](F.relu6(net[1](net[0](x)))))))),
    )
    graph(
        "squeeze_excite_block",
        (6, 4, 5),
        {0: nn.Conv2d(6, 6, 3, padding=1), 2: nn.Conv2d(6, 2, 1), 4: nn.Conv2d(2, 6, 1)},
        lambda net, x: excite(net, net[0](x)),
    )
    graph(
        "dense_block",
        (3, 4, 5),
        {
            0: nn.BatchNorm2d(3),
            2: nn.Conv2d(3, 2, 3, padding=1, bias=False),
            4: nn.BatchNorm2d(5),
            6: nn.Conv2d(5, 2, 3, padding=1, bias=False),
        },
        dense,
    )
    graph(
        "inception_block",
        (4, 5, 6),
        {
            0: nn.Conv2d(4, 3, 1),
            1: nn.Conv2d(4, 2, 1),
            3: nn.Conv2d(2, 4, 3, padding=1),
            5: nn.Conv2d(4, 2, 1),
        },
        lambda net, x: torch.cat(
            [net[0](x), net[3](F.relu(net[1](x))), net[5](F.max_pool2d(x, 3, stride=1, padding=1))], 1
        ),
    )
    graph(
        "channel_split_block",
        (6, 4, 4),
        {"branch": nn.Conv2d(3, 3, 3, padding=1, groups=3)},
        lambda net, x: torch.cat([x[:, :3], F.relu(net.branch(x[:, 3:]))], 1),
    )


def excite(net: Net, x: torch.Tensor) -> torch.Tensor:
    pooled = x.mean((2, 3), keepdim=True)
    return x * torch.sigmoid(net[4](F.relu(net[2](pooled))))


def dense(net: Net, x: torch.Tensor) -> torch.Tensor:
    x = torch.cat([x, net[2](F.relu(net[0](x)))], 1)
    return torch.cat([x, net[6](F.relu(net[4](x)))], 1)


def draw_input(rng: np.random.Generator, values: Input) -> np.ndarray:
    if isinstance(values, tuple):
        values = rng.standard_normal(values)
    elif callable(values):
        values = values(rng)
    return values.astype(np.float32)


def draw_state(rng: np.random.Generator, name: str, shape: torch.Size) -> np.ndarray | None:
    """Weights that keep the variance of their input, statistics that are not 0 and 1; nothing for
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
    """The tensors of one case, drawn by its name: a case more or less leaves the others alone."""
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


def main() -> None:
    torch.set_num_threads(1)
    for declare in (
        convolutions,
        linears,
        normalisations,
        activations,
        softmaxes,
        max_pools,
        avg_pools,
        adaptive_pools,
        shapes,
        arithmetic,
        blocks,
    ):
        declare()

    tensors = {key: tensor for name in CASES for key, tensor in tensors_of(name).items()}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(save(tensors, {"origin": ORIGIN}))
    print(f"{len(CASES)} cases, {len(tensors)} tensors, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
