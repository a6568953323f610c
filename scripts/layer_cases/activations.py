"""Activations."""

import numpy as np
import torch
from torch import nn

from layer_cases import case, formula


def declare() -> None:
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
        "elu": nn.ELU(),
        "elu_alpha": nn.ELU(0.3),
        "celu": nn.CELU(),
        "celu_alpha": nn.CELU(2.5),
        "selu": nn.SELU(),
        "mish": nn.Mish(),
        "softplus": nn.Softplus(),
        "softplus_beta_threshold": nn.Softplus(0.5, 3.0),
        "softsign": nn.Softsign(),
        "log_sigmoid": nn.LogSigmoid(),
        "hard_tanh": nn.Hardtanh(),
        "hard_tanh_limits": nn.Hardtanh(-0.5, 6.0),
    }
    for name, layer in layers.items():
        case(name, np.concatenate([steps, near]).reshape(2, 3, 13), layer)
        case(f"{name}_large_values", np.concatenate([-far, far]), layer)

    functions = {
        "clamp": lambda x: x.clamp(-2.5, 3.25),
        "clamp_min": lambda x: x.clamp(min=-1.0),
        "clamp_max": lambda x: x.clamp(max=4.0),
        "abs": torch.abs,
        "neg": torch.neg,
    }
    for name, function in functions.items():
        formula(name, np.concatenate([steps, near]).reshape(2, 3, 13), function)
    case("activation_by_name", (3, 4, 5), nn.GELU(), nn.SiLU())
    formula("exp", steps.reshape(5, 13), torch.exp)
    formula("log", np.exp(steps).reshape(5, 13), torch.log)
    formula("sqrt", np.exp(steps).reshape(5, 13), torch.sqrt)

    case("prelu", (3, 4, 5), nn.PReLU())
    case("prelu_channels", (3, 4, 5), nn.PReLU(3))
    case("prelu_rank1", (7,), nn.PReLU(7))
    case("prelu_conv2d", (2, 5, 5), nn.Conv2d(2, 4, 3), nn.PReLU(4), nn.Conv2d(4, 2, 1), nn.PReLU())
    case("glu", (3, 8), nn.GLU())
    case("glu_rank1", (8,), nn.GLU())
    case("glu_channels", (6, 3, 2), nn.GLU(1))
    case("glu_middle", (3, 4, 5), nn.GLU(-2))
