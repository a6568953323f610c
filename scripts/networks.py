"""The networks of `examples/zoo` in PyTorch, with the weights that `netcost::weights::seeded` gives them.

    from networks import NETWORKS, build
    network, image = build("resnet18")

Most are torchvision's, and YOLO11n is ultralytics'; MLPerf Tiny's and a few others are declared here as in the zoo.
"""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torchvision import models

SEED = 1
INPUT_SEED = 2

Size = tuple[int, int]


class SplitMix64:
    """The numbers in -1..1 of `netcost::weights::seeded`, as an array: Steele, Lea and Flood, "Fast splittable
    pseudorandom number generators", OOPSLA 2014."""

    def __init__(self, seed: int):
        self.state = seed

    def next(self, count: int) -> np.ndarray:
        z = np.arange(1, count + 1, dtype=np.uint64)
        z *= np.uint64(0x9E37_79B9_7F4A_7C15)
        z += np.uint64(self.state)
        self.state = (self.state + count * 0x9E37_79B9_7F4A_7C15) % 2**64
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
        bits = (z ^ (z >> np.uint64(31))) >> np.uint64(40)
        return bits.astype(np.float32) / np.float32(2**23) - np.float32(1.0)


def modules_in_order(network: nn.Module, image: torch.Tensor) -> list[nn.Module]:
    """The modules without children, in the order of their first run, which may differ from that of the state dict."""
    order: dict[nn.Module, None] = {}
    leaves = [module for module in network.modules() if not any(module.children())]
    hooks = [leaf.register_forward_hook(lambda module, *_: order.setdefault(module)) for leaf in leaves]
    with torch.no_grad():
        network.eval()(image)
    for hook in hooks:
        hook.remove()
    return list(order)


def seeded(network: nn.Module, image: torch.Tensor, seed: int = SEED) -> None:
    """Sets the weights that `netcost::weights::seeded` sets, in the order in which the modules are run on `image`. A
    normalisation gets the statistics 0 and 1: its weight and bias are netcost's scale and shift."""
    random = SplitMix64(seed)

    def fill(tensor: torch.Tensor, centre: float, spread: np.float32) -> None:
        values = np.float32(centre) + spread * random.next(tensor.numel())
        tensor.copy_(torch.from_numpy(values).reshape(tensor.shape))

    with torch.no_grad():
        for module in modules_in_order(network, image):
            if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
                fill(module.weight, 1.0, np.float32(0.5))
                fill(module.bias, 0.0, np.float32(0.1))
                module.running_mean.fill_(0.0)
                module.running_var.fill_(1.0 - module.eps)
            elif isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
                outputs = len(module.weight)
                fan_in = np.float32(module.weight.numel())
                fill(module.weight, 0.0, np.sqrt(np.float32(6 * outputs) / fan_in))
                if module.bias is not None:
                    fill(module.bias, 0.0, np.float32(0.1))


def same_padding(size: Size, kernel: Size, stride: int) -> list[int]:
    """TensorFlow's `same`, as `F.pad` takes it, the last axis first: output ceil(size / stride), the odd element of
    the padding at the end (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2)."""
    amounts = []
    for extent, width in zip(size, kernel, strict=True):
        total = max((-(-extent // stride) - 1) * stride + width - extent, 0)
        amounts = [total // 2, total - total // 2, *amounts]
    return amounts


class Same(nn.Conv2d):
    """A convolution with TensorFlow's `same` padding; asymmetric padding is a layer of its own."""

    def __init__(self, size: Size, inputs: int, outputs: int, kernel: int | Size, stride: int = 1, groups: int = 1):
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        left, right, top, bottom = same_padding(size, kernel, stride)
        self.amounts = None if (left, top) == (right, bottom) else (left, right, top, bottom)
        super().__init__(inputs, outputs, kernel, stride, 0 if self.amounts else (top, left), groups=groups)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(F.pad(x, self.amounts) if self.amounts else x)


def normalised(layer: nn.Module, channels: int) -> list[nn.Module]:
    return [layer, nn.BatchNorm2d(channels), nn.ReLU()]


def separable(size: Size, inputs: int, outputs: int, stride: int = 1) -> nn.Module:
    depthwise = Same(size, inputs, inputs, 3, stride, groups=inputs)
    return nn.Sequential(*normalised(depthwise, inputs), *normalised(nn.Conv2d(inputs, outputs, 1), outputs))


def classifier(features: int, classes: int) -> dict[str, nn.Module]:
    return {
        "pool": nn.AdaptiveAvgPool2d(1),
        "flatten": nn.Flatten(),
        "fc": nn.Linear(features, classes),
        "softmax": nn.Softmax(1),
    }


def named(layers: dict[str, nn.Module]) -> nn.Module:
    return nn.Sequential(OrderedDict(layers))


def ds_cnn() -> nn.Module:
    first = {"conv1": Same((49, 10), 1, 64, (10, 4), 2), "bn1": nn.BatchNorm2d(64), "relu1": nn.ReLU()}
    blocks = nn.Sequential(*[separable((25, 5), 64, 64) for _ in range(4)])
    return named(first | {"blocks": blocks} | classifier(64, 12))


def visual_wake_words() -> nn.Module:
    """MobileNet at a quarter of its width."""
    stages = [(16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), *[(128, 1)] * 5, (256, 2), (256, 1)]
    size, channels = 48, 8
    layers = [nn.Sequential(*normalised(Same((96, 96), 3, channels, 3, 2), channels))]
    for outputs, stride in stages:
        layers.append(separable((size, size), channels, outputs, stride))
        size, channels = -(-size // stride), outputs
    return named({"features": nn.Sequential(*layers)} | classifier(channels, 2))


class ResNet8(nn.Module):
    """The shortcut of a stage is a convolution without normalisation where the shape changes."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(*normalised(Same((32, 32), 3, 16, 3), 16))
        self.s1 = self.branch(32, 16, 16, 1)
        self.s2 = self.branch(32, 16, 32, 2)
        self.d2 = nn.Conv2d(16, 32, 1, 2)
        self.s3 = self.branch(16, 32, 64, 2)
        self.d3 = nn.Conv2d(32, 64, 1, 2)
        self.head = named({"pool": nn.AvgPool2d(8), "flatten": nn.Flatten()})
        self.fc = nn.Linear(64, 10)
        self.softmax = nn.Softmax(1)

    @staticmethod
    def branch(size: int, inputs: int, outputs: int, stride: int) -> nn.Module:
        half = (size // stride, size // stride)
        first = normalised(Same((size, size), inputs, outputs, 3, stride), outputs)
        return nn.Sequential(*first, Same(half, outputs, outputs, 3), nn.BatchNorm2d(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        y = self.s1(x)
        x = F.relu(x + y)
        y = self.s2(x)
        x = F.relu(self.d2(x) + y)
        y = self.s3(x)
        x = F.relu(self.d3(x) + y)
        return self.softmax(self.fc(self.head(x)))


def autoencoder() -> nn.Module:
    layers, features = [], 640
    for outputs in [128, 128, 128, 128, 8, 128, 128, 128, 128]:
        layers += [nn.Linear(features, outputs), nn.BatchNorm1d(outputs), nn.ReLU()]
        features = outputs
    return nn.Sequential(*layers, nn.Linear(features, 640))


def lenet5() -> nn.Module:
    layers = [nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)]
    layers += [nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10)]
    return named({"net": nn.Sequential(*layers)})


def mobilenet_v1(percent: int = 100) -> nn.Module:
    """Howard et al., 2017, with PyTorch's symmetric padding."""

    def unit(inputs: int, outputs: int, kernel: int, stride: int, groups: int = 1) -> list[nn.Module]:
        padding = kernel // 2
        return normalised(nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False), outputs)

    stages = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]
    channels = 32 * percent // 100
    features = [nn.Sequential(*unit(3, channels, 3, 2))]
    for outputs, stride in stages:
        outputs = outputs * percent // 100
        layers = [*unit(channels, channels, 3, stride, channels), *unit(channels, outputs, 1, 1)]
        features.append(nn.Sequential(*layers))
        channels = outputs
    layers = {"features": nn.Sequential(*features)} | classifier(channels, 1000)
    del layers["softmax"]
    return named(layers)


def dcgan_generator() -> nn.Module:
    """The generator of PyTorch's example, https://github.com/pytorch/examples/tree/main/dcgan."""
    layers, channels = [], 100
    for outputs in [512, 256, 128, 64, 3]:
        stride, padding = (1, 0) if channels == 100 else (2, 1)
        layers.append(nn.ConvTranspose2d(channels, outputs, 4, stride, padding, bias=False))
        layers += [nn.Tanh()] if outputs == 3 else [nn.BatchNorm2d(outputs), nn.ReLU()]
        channels = outputs
    return nn.Sequential(*layers)


class Yolo11n(nn.Module):
    """ultralytics' network, with its names; returns only the boxes with their classes."""

    def __init__(self):
        super().__init__()
        from ultralytics.nn.tasks import DetectionModel

        self.model = DetectionModel("yolo11n.yaml", verbose=False).model
        self.layers = [(layer, layer.f) for layer in self.model]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        outputs = []
        for layer, sources in self.layers:
            sources = [sources] if isinstance(sources, int) else sources
            inputs = [x if source == -1 else outputs[source] for source in sources]
            x = layer(inputs[0] if len(inputs) == 1 else inputs)
            outputs.append(x)
        return x[0]


# A network's constructor, and the shape of its input without a batch axis.
Networks = dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]]

# The networks that are run: the large ones on small images.
NETWORKS: Networks = {
    "mobilenet_v2": (models.mobilenet_v2, (3, 224, 224)),
    "mobilenet_v2_narrow": (lambda: models.mobilenet_v2(width_mult=0.35), (3, 96, 96)),
    "resnet18": (models.resnet18, (3, 224, 224)),
    "ds_cnn": (ds_cnn, (1, 49, 10)),
    "visual_wake_words": (visual_wake_words, (3, 96, 96)),
    "resnet8": (ResNet8, (3, 32, 32)),
    "autoencoder": (autoencoder, (640,)),
    "lenet5": (lenet5, (1, 32, 32)),
    "densenet121": (models.densenet121, (3, 64, 64)),
    "squeezenet": (models.squeezenet1_1, (3, 64, 64)),
    "mobilenet_v1": (lambda: mobilenet_v1(50), (3, 64, 64)),
    "mobilenet_v3_small": (models.mobilenet_v3_small, (3, 64, 64)),
    "efficientnet_b0": (models.efficientnet_b0, (3, 64, 64)),
    "dcgan_generator": (dcgan_generator, (100, 1, 1)),
    "yolo11n": (Yolo11n, (3, 96, 96)),
}

# The networks whose layers are listed, at full size.
LISTED: Networks = {
    "lenet5": (lenet5, (1, 32, 32)),
    "alexnet": (models.alexnet, (3, 224, 224)),
    "vgg16": (models.vgg16, (3, 224, 224)),
    "resnet18": (models.resnet18, (3, 224, 224)),
    "resnet50": (models.resnet50, (3, 224, 224)),
    "resnet152": (models.resnet152, (3, 224, 224)),
    "densenet121": (models.densenet121, (3, 224, 224)),
    "densenet201": (models.densenet201, (3, 224, 224)),
    "squeezenet": (models.squeezenet1_1, (3, 224, 224)),
    "mobilenet_v1": (mobilenet_v1, (3, 224, 224)),
    "mobilenet_v2": (models.mobilenet_v2, (3, 224, 224)),
    "mobilenet_v2_wide": (lambda: models.mobilenet_v2(width_mult=1.4), (3, 224, 224)),
    "mobilenet_v3_small": (models.mobilenet_v3_small, (3, 224, 224)),
    "efficientnet_b0": (models.efficientnet_b0, (3, 224, 224)),
    "yolo11n": (Yolo11n, (3, 640, 640)),
    "dcgan_generator": (dcgan_generator, (100, 1, 1)),
    "ds_cnn": (ds_cnn, (1, 49, 10)),
    "visual_wake_words": (visual_wake_words, (3, 96, 96)),
    "resnet8": (ResNet8, (3, 32, 32)),
    "autoencoder": (autoencoder, (640,)),
}


def build(name: str, seed: int = SEED) -> tuple[nn.Module, torch.Tensor]:
    """The network of this name with seeded weights, for inference, and a batch of one seeded input."""
    make, shape = NETWORKS[name]
    network = make()
    values = SplitMix64(INPUT_SEED).next(int(np.prod(shape)))
    image = torch.from_numpy(values).reshape(1, *shape)
    seeded(network, image, seed)
    return network.eval(), image
