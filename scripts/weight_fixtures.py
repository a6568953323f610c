"""Writes tests/fixtures/weights: small weight files, valid and invalid, for the tests of `weights!` and `load`.

Needs nothing but Python, and writes the same bytes every time.
"""

import json
import math
import struct
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "weights"

PACK = {"F32": "f", "F64": "d", "F16": "e", "BF16": "H", "I8": "b", "I32": "i", "I64": "q"}


def values(count, first, step):
    return [first + step * i for i in range(count)]


def right():
    """conv2d(4, 3, bias = false) on 2 channels, batch_norm, linear(3) on 16 features; not in the layers' order."""
    return {
        "conv.weight": ([4, 2, 3, 3], values(72, 0.01, 0.01)),
        "norm.weight": ([4], values(4, 0.5, 0.125)),
        "norm.bias": ([4], values(4, 0.25, 0.125)),
        "norm.running_mean": ([4], values(4, 2.0, 0.5)),
        "norm.running_var": ([4], values(4, 4.0, 0.25)),
        "fc.weight": ([3, 16], values(48, -1.01, 0.02)),
        "fc.bias": ([3], values(3, 0.1, 0.1)),
    }


def recurrent():
    """embedding(5, 2), lstm(3, num_layers = 2, bidirectional = true, proj_size = 2), linear(3, bias = false)."""
    tensors = {"words.weight": ([5, 2], values(10, 0.1, 0.01)), "tags.weight": ([3, 4], values(12, 0.2, 0.01))}
    for layer, features in [(0, 2), (1, 4)]:
        for i, suffix in enumerate([f"_l{layer}", f"_l{layer}_reverse"]):
            first = 0.3 + 0.1 * (2 * layer + i)
            shapes = {
                "weight_ih": [12, features],
                "weight_hh": [12, 2],
                "bias_ih": [12],
                "bias_hh": [12],
                "weight_hr": [2, 3],
            }
            for j, (name, shape) in enumerate(shapes.items()):
                numbers = values(math.prod(shape), first + 0.01 * j, 0.0001)
                tensors[f"encoder.{name}{suffix}"] = (shape, numbers)
    return tensors


def integers():
    """The same with a max_pool2d(2) after the normalisation, which is folded, in 8-bit integers."""
    tensors = {
        "conv.weight": ([4, 3, 3, 2], values(72, -36, 1)),
        "conv.weight_scale": ([4], values(4, 0.25, 0.25)),
        "conv.bias": ([4], values(4, -100, 75)),
        "fc.weight": ([3, 4], values(12, -5, 1)),
        "fc.weight_scale": ([3], values(3, 0.5, 0.125)),
        "fc.bias": ([3], values(3, 10, -7)),
    }
    for layer, scale, zero_point in [("input.x", 0.25, -3), ("conv", 8.0, -128), ("pool", 8.0, -128), ("fc", 16.0, 5)]:
        tensors[f"{layer}.scale"] = ([1], [scale])
        tensors[f"{layer}.zero_point"] = ([1], [zero_point])
    return tensors


def integers_with(**changed):
    tensors = {**integers(), **{name.replace("__", "."): tensor for name, tensor in changed.items()}}
    return integer_file({name: tensor for name, tensor in tensors.items() if tensor})


def integer_file(tensors):
    types = {"weight": "I8", "zero_point": "I8", "bias": "I32", "weight_scale": "F32", "scale": "F32"}
    return file(tensors, lambda name: types[name.split(".")[-1]])


def file(tensors, dtype="F32"):
    """The bytes of a safetensors file."""
    header, data = {}, b""
    for name in sorted(tensors):
        shape, numbers = tensors[name]
        assert math.prod(shape) == len(numbers)
        kind = "I64" if name.endswith("num_batches_tracked") else dtype if isinstance(dtype, str) else dtype(name)
        start = len(data)
        if kind == "BF16":  # the upper half of an f32
            numbers = [struct.unpack("<I", struct.pack("<f", number))[0] >> 16 for number in numbers]
        elif kind in ["I8", "I32"]:
            numbers = [round(number) for number in numbers]
        data += struct.pack(f"<{len(numbers)}{PACK[kind]}", *numbers)
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [start, len(data)]}
    return with_header(json.dumps(header, separators=(",", ":")), data)


def with_header(text, data):
    """The bytes of a file with this header."""
    text = text.encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def without(name):
    return {key: tensor for key, tensor in right().items() if key != name}


def counted():
    """As PyTorch saves it, with the number of batches each normalisation has seen."""
    return {**right(), "norm.num_batches_tracked": ([], [9])}


def sequential():
    """Under names that are in the network's order as numbers, and in another one as text."""
    modules = {"conv": "layers.2", "norm": "layers.9", "fc": "layers.10"}
    renamed = {}
    for name, tensor in counted().items():
        module, entry = name.split(".")
        renamed[f"{modules[module]}.{entry}"] = tensor
    return renamed


def other_header(before, after):
    """The valid file with a different header entry."""
    content = file(right())
    length = struct.unpack("<Q", content[:8])[0]
    header = content[8 : 8 + length].decode().rstrip()
    assert header.count(before) == 1
    return with_header(header.replace(before, after), content[8 + length :])


def main():
    nan = right()
    nan["fc.weight"][1][23] = math.nan
    infinite = right()
    infinite["conv.weight"][1][40] = -math.inf
    variance = right()
    variance["norm.running_var"][1][2] = -1.0
    files = {
        "right": file(counted()),
        "sequential": file(sequential()),
        "recurrent": file(recurrent()),
        "missing": file(without("fc.bias")),
        "foreign": file({**right(), "head.weight": ([2], [1.0, 2.0])}),
        "shape": file({**right(), "fc.weight": ([16, 3], values(48, 0.0, 0.02))}),
        "empty_shape": file({**right(), "fc.empty": ([0, 3], [])}),
        "variance": file(variance),
        "nan": file(nan),
        "infinite": file(infinite),
        **{dtype.lower(): file(right(), dtype) for dtype in ["F16", "BF16", "F64", "I8"]},
        "int8": integers_with(),
        "int8_missing": integers_with(fc__bias=None),
        "int8_foreign": integers_with(head__bias=([1], [1])),
        "int8_shape": integers_with(fc__weight=([3, 16], values(48, -24, 1))),
        "int8_order": integers_with(conv__weight=([4, 2, 3, 3], values(72, -36, 1))),
        "int8_type": integer_file({**integers(), "fc.weight": ([3, 4], values(12, -5, 1))}).replace(b"I32", b"F32", 1),
        "int8_scale": integers_with(conv__weight_scale=([4], [0.5, 0.25, 0.0, 0.5])),
        "int8_scales": integers_with(pool__scale=([1], [4.0])),
        "twice": other_header(
            '"fc.bias":', '"fc.bias":{"dtype":"F32","shape":[3,1],"data_offsets":[288,300]},"fc.bias":'
        ),
        "overlap": other_header("[288,300]", "[284,296]"),
        "outside": other_header("[540,556]", "[540,100556]"),
        "empty": b"",
        "header_only": struct.pack("<Q", 2**63),
        "truncated": file(right())[:-5],
        "not_weights": b"PK\x03\x04 an archive, as PyTorch's own format is",
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (FOLDER / f"{name}.safetensors").write_bytes(content)


if __name__ == "__main__":
    main()
