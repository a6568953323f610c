"""Activations."""

import numpy as np
from torch import nn

from layer_cases import case


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
    }
    for name, layer in layers.items():
        case(name, np.concatenate([steps, near]).reshape(2, 3, 13), layer)
        case(f"{name}_large_values", np.concatenate([-far, far]), layer)
