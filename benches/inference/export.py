"""Writes networks of `scripts/networks.py` as ONNX, each with its input as float32: export.py FOLDER

Normalisations are folded into the layers before them, and paddings are the convolutions' own.
"""

import sys
import warnings
from pathlib import Path

import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
from networks import build

# Those of `src/networks.rs`.
MEASURED = ["mobilenet_v2", "mobilenet_v2_narrow", "resnet18", "ds_cnn", "visual_wake_words", "resnet8", "autoencoder"]


def fold(network: nn.Module) -> None:
    """Folds each normalisation that follows a layer with weights, as the modules are declared."""
    for parent in list(network.modules()):
        before = None
        for name, module in parent.named_children():
            if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d) and before is not None:
                fuse = fuse_linear_bn_eval if isinstance(before[2], nn.Linear) else fuse_conv_bn_eval
                setattr(before[0], before[1], fuse(before[2], module))
                setattr(parent, name, nn.Identity())
            before = last_layer(parent, name, module)


def last_layer(parent: nn.Module, name: str, module: nn.Module):
    """The module, or the last one within, if it has weights to fold into: its parent, its name and itself."""
    if isinstance(module, nn.Sequential) and len(module) > 0:
        children = list(module.named_children())
        return last_layer(module, *children[-1])
    return (parent, name, module) if isinstance(module, nn.Conv2d | nn.Linear) else None


def simplify(file: Path) -> None:
    """Folds what is constant, as ONNX Runtime does it within the operators of ONNX: the exporter writes paddings as
    operators of their own, whose amounts are computed. An optional input at the end is left out, not given as an empty
    name: with one, ONNX Runtime would leave the paddings where they are."""
    model = onnx.load(file)
    for node in model.graph.node:
        while node.input and not node.input[-1]:
            node.input.pop()
    onnx.save(model, file)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(file)
    onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    model = onnx.load(file)
    # It names its own operator sets, too.
    others = [opset for opset in model.opset_import if opset.domain != ""]
    for opset in others:
        model.opset_import.remove(opset)
    onnx.save(model, file)


def main(folder: Path) -> None:
    # The exporter that is the default now writes later operator sets, and converting them down loses folding.
    warnings.simplefilter("ignore")
    folder.mkdir(parents=True, exist_ok=True)
    for name in MEASURED:
        network, data = build(name)
        with torch.no_grad():
            expected = network(data)
            fold(network)
            torch.testing.assert_close(network(data), expected, rtol=1e-3, atol=1e-4)
        file = folder / f"{name}.onnx"
        torch.onnx.export(
            network, (data,), file, dynamo=False, opset_version=17, input_names=["input"], output_names=["output"]
        )
        simplify(file)
        data.numpy().tofile(file.with_suffix(".input"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
