"""Blocks of well-known networks."""

from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.ops import SqueezeExcitation

from layer_cases import Net, case, formula, graph


def declare() -> None:
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
        "squeeze_excitation",
        (6, 4, 5),
        {0: SqueezeExcitation(6, 2), 1: nn.ReLU(), 2: SqueezeExcitation(6, 3, nn.SiLU, nn.Hardsigmoid)},
        lambda net, x: net[2](net[1](net[0](x))),
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
    formula("windows", (4, 6, 3), lambda x: windows(x, 2))
    formula("merged_windows", (4, 6, 3), lambda x: merge(windows(x, 2).square(), 2, 4, 6))
    graph(
        "shifted_windows",
        (6, 8, 4),
        {"qkv": nn.Linear(4, 12), "proj": nn.Linear(4, 4)},
        lambda net, x: x + shifted_windows(net, x, 2, 1),
    )


def windows(x: torch.Tensor, size: int) -> torch.Tensor:
    """`window_partition` of Swin: [n, height, width, channels] to [n, windows, size², channels]."""
    n, height, width, channels = x.shape
    x = x.view(n, height // size, size, width // size, size, channels)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(n, -1, size * size, channels)


def merge(x: torch.Tensor, size: int, height: int, width: int) -> torch.Tensor:
    """`window_reverse` of Swin."""
    n, _, _, channels = x.shape
    x = x.view(n, height // size, width // size, size, size, channels)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(n, height, width, channels)


def shifted_windows(net: Net, x: torch.Tensor, size: int, shift: int) -> torch.Tensor:
    """Attention of one head within windows of a shifted image, without its mask."""
    y = windows(x.roll((-shift, -shift), (1, 2)), size)
    q, k, v = net.qkv(y).chunk(3, -1)
    y = torch.softmax(q @ k.transpose(-1, -2) * 0.5, -1) @ v
    return merge(net.proj(y), size, x.shape[1], x.shape[2]).roll((shift, shift), (1, 2))


def excite(net: Net, x: torch.Tensor) -> torch.Tensor:
    pooled = x.mean((2, 3), keepdim=True)
    return x * torch.sigmoid(net[4](F.relu(net[2](pooled))))


def dense(net: Net, x: torch.Tensor) -> torch.Tensor:
    x = torch.cat([x, net[2](F.relu(net[0](x)))], 1)
    return torch.cat([x, net[6](F.relu(net[4](x)))], 1)
