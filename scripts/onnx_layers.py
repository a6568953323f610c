"""How operators of ONNX models are written as layers: `onnx_fixtures.py` translates nodes with this.

If you add a layer, add its operator here.
"""

import re
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import helper

# The prefix of an operator's name if no layer expresses it.
ABSENT = "no layer yet: "
# Which inputs of an operator are weights or options.
PARAMETERS = {
    "Conv": [1, 2],
    "ConvTranspose": [1, 2],
    "Pad": [1, 2, 3],
    "Resize": [1, 2, 3],
    "Gemm": [1, 2],
    "MatMul": [1],
    "BatchNormalization": [1, 2, 3, 4],
    "InstanceNormalization": [1, 2],
    "GroupNormalization": [1, 2],
    "LayerNormalization": [1, 2],
    "RMSNormalization": [1],
    "PRelu": [1],
    "Dropout": [1, 2],
    "Clip": [1, 2],
    "Reshape": [1],
    "Squeeze": [1],
    "Unsqueeze": [1],
    "Slice": [1, 2, 3, 4],
    "Split": [1],
    "Tile": [1],
    **{f"Reduce{name}": [1] for name in ("Sum", "Mean", "Max", "Min", "L1", "L2")},
    "Pow": [1],
    **{name: [1, 2, 3, 4, 5, 6, 7] for name in ("RNN", "LSTM", "GRU")},
}
# Operators whose first axis is the batch.
BATCHED = {
    "Conv",
    "ConvTranspose",
    "AveragePool",
    "MaxPool",
    "GlobalAveragePool",
    "GlobalMaxPool",
    "BatchNormalization",
    "InstanceNormalization",
    "GroupNormalization",
    "LRN",
    "PRelu",
    "Resize",
    "DepthToSpace",
    "SpaceToDepth",
    "RNN",
    "LSTM",
    "GRU",
}
# Their gates in PyTorch's order, as indices into ONNX's.
RECURRENT = {"RNN": [0], "LSTM": [0, 2, 3, 1], "GRU": [1, 0, 2]}
ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "Sum": "+", "Mean": "+"}
REDUCTIONS = {
    "ReduceSum": "sum",
    "ReduceMean": "mean",
    "ReduceMax": "amax",
    "ReduceMin": "amin",
    "ReduceL1": "norm",
    "ReduceL2": "norm",
}
UNARY = {
    "Relu": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "HardSwish": "hard_swish",
    "Mish": "mish",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Exp": "exp",
    "Log": "log",
    "Sqrt": "sqrt",
    "Abs": "abs",
    "Neg": "neg",
    "Identity": "identity",
}
# PyTorch's constants of `selu`.
SELU = {"alpha": 1.6732631921768188, "gamma": 1.0507010221481323}


class NotExpressed(Exception):
    """Why a test is left out."""


@dataclass
class Value:
    """A tensor of the declaration; its shape has the batch axis, if there is one."""

    code: str
    shape: tuple[int, ...]


@dataclass
class Translation:
    """A model on its way to Rust."""

    batched: bool
    shapes: dict[str, tuple[int, ...]]
    opset: int
    constants: dict[str, np.ndarray]
    values: dict[str, Value] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    state: dict[str, np.ndarray] = field(default_factory=dict)
    layers: int = 0

    def constant(self, node: onnx.NodeProto, index: int) -> np.ndarray | None:
        if len(node.input) <= index or not node.input[index]:
            return None
        if node.input[index] not in self.constants:
            raise NotExpressed("a computed weight or option")
        return self.constants[node.input[index]]

    def own(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """A shape as the network has it."""
        shape = shape[1:] if self.batched else shape
        return shape or (1,)

    def name(self, **tensors: np.ndarray | None) -> str:
        """The next layer's name, and its state."""
        name = f"layer{self.layers}"
        self.layers += 1
        for key, tensor in tensors.items():
            if tensor is not None:
                self.state[f"{name}.{key}" if key != "parameter" else name] = np.ascontiguousarray(tensor)
        return f'name = "{name}"'

    def quoted(self, **tensors: np.ndarray | None) -> str:
        """The same, as an argument has it."""
        return self.name(**tensors).removeprefix("name = ")

    def parameter(self, values: np.ndarray) -> str:
        return f"parameter({list(values.shape or (1,))}, {self.name(parameter=values)})"

    def axis(self, axis: int, rank: int) -> int:
        axis = axis % rank
        if self.batched and axis == 0:
            raise NotExpressed("works across the batch")
        return axis - self.batched


def attributes(node: onnx.NodeProto) -> dict:
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def argument(value: float) -> str:
    text = str(np.float32(value))
    return text if re.search(r"[.e]", text) else text + ".0"


def number(value: float) -> str:
    """The same, as an operand."""
    text = argument(value)
    return f"({text})" if text.startswith("-") else text


def extent(values: list[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else str(list(values))


def same_pads(size: list[int], kernel: list[int], stride: list[int], dilation: list[int]) -> list[tuple[int, int]]:
    pads = []
    for s, k, step, d in zip(size, kernel, stride, dilation, strict=True):
        total = max((-(-s // step) - 1) * step + (k - 1) * d + 1 - s, 0)
        pads.append((total // 2, total - total // 2))
    return pads


def padding(options: dict, size: list[int], kernel: list[int], stride: list[int], dilation: list[int]) -> str:
    """As the declaration has it: a number, numbers, or `Same`."""
    same = same_pads(size, kernel, stride, dilation)
    flat = list(options.get("pads", [0] * 2 * len(size)))
    pads = list(zip(flat[: len(size)], flat[len(size) :], strict=True))
    match options.get("auto_pad", b"NOTSET"):
        case b"SAME_UPPER":
            return "Same"
        case b"SAME_LOWER":
            pads = [(after, before) for before, after in same]
    if all(before == after for before, after in pads):
        return extent([before for before, _ in pads])
    if pads == same:
        return "Same"
    raise NotExpressed("asymmetric padding")


def arguments(positional: list[str], **options: str | None) -> str:
    return ", ".join(positional + [f"{key} = {value}" for key, value in options.items() if value is not None])


def other(value: str, default: str) -> str | None:
    return None if value == default else value


def conv(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    weight, bias = t.constant(node, 1), t.constant(node, 2)
    axes = len(weight.shape) - 2
    if axes > 3:
        raise NotExpressed("a window over more than three axes")
    kernel, ones = list(weight.shape[2:]), [1] * axes
    stride, dilation = options.get("strides", ones), options.get("dilations", ones)
    pad = padding(options, x.shape[2:], kernel, stride, dilation)
    inner = arguments(
        [str(len(weight)), extent(kernel)],
        stride=other(extent(stride), "1"),
        padding=other(pad, "0"),
        dilation=other(extent(dilation), "1"),
        groups=other(str(options.get("group", 1)), "1"),
        bias=None if bias is not None else "false",
    )
    return f"{x.code}.conv{axes}d({inner}, {t.name(weight=weight, bias=bias)})"


def conv_transpose(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    weight, bias = t.constant(node, 1), t.constant(node, 2)
    axes, groups = len(weight.shape) - 2, options.get("group", 1)
    kernel, ones = list(weight.shape[2:]), [1] * axes
    stride, dilation = list(options.get("strides", ones)), list(options.get("dilations", ones))
    pads, more = list(options.get("pads", [0] * 2 * axes)), list(options.get("output_padding", [0] * axes))
    auto = options.get("auto_pad", b"NOTSET")
    sizes = options.get("output_shape") or ([s * d for s, d in zip(x.shape[2:], stride)] if b"SAME" in auto else None)
    for axis in range(axes):
        before, after = pads[axis], pads[axes + axis]
        if sizes is not None:
            whole = (x.shape[2 + axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1 + more[axis]
            total = whole - sizes[axis]
            before, after = total // 2, total - total // 2
            if auto != b"SAME_UPPER":
                before, after = after, before
        # If less is cropped after than before, the difference is appended.
        pads[axis], more[axis] = before, more[axis] + before - after
        if before < 0 or not 0 <= more[axis] < max(stride[axis], dilation[axis]):
            raise NotExpressed("asymmetric padding")
    inner = arguments(
        [str(weight.shape[1] * groups), extent(kernel)],
        stride=other(extent(stride), "1"),
        padding=other(extent(pads[:axes]), "0"),
        output_padding=other(extent(more), "0"),
        dilation=other(extent(dilation), "1"),
        groups=other(str(groups), "1"),
        bias=None if bias is not None else "false",
    )
    return f"{x.code}.conv_transpose{axes}d({inner}, {t.name(weight=weight, bias=bias)})"


def pad(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    pads, value, chosen = t.constant(node, 1), t.constant(node, 2), t.constant(node, 3)
    pads = options["pads"] if pads is None else pads
    axes = range(len(x.shape)) if chosen is None else [axis % len(x.shape) for axis in chosen]
    before, after = [0] * len(x.shape), [0] * len(x.shape)
    for i, axis in enumerate(axes):
        before[axis], after[axis] = int(pads[i]), int(pads[len(axes) + i])
    if min(before + after) < 0:
        raise NotExpressed("padding that crops")
    padded = [axis for axis in range(len(x.shape)) if before[axis] or after[axis]]
    count = min(3, len(x.shape) - t.batched)
    if padded and (len(x.shape) - padded[0] > count):
        raise NotExpressed("padding of more than the last three axes")
    modes = {b"constant": None, b"reflect": "Reflect", b"edge": "Replicate", b"wrap": "Circular"}
    mode = options.get("mode", b"constant")
    before, after = before[-count:], after[-count:]
    constant = options.get("value", 0.0) if value is None else float(value.item())
    inner = arguments(
        [extent(before)],
        after=None if before == after else extent(after),
        mode=modes[mode],
        value=number(constant) if constant and modes[mode] is None else None,
    )
    return f"{x.code}.pad{count}d({inner})"


def resize(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    size = t.shapes[node.output[0]]
    axes = len(size) - 2
    scales = t.constant(node, 2)
    transformed = options.get("coordinate_transformation_mode", b"half_pixel")
    mode = options.get("mode", b"nearest")
    if size[:2] != x.shape[:2] or options.get("axes") or options.get("antialias") or options.get("exclude_outside"):
        raise NotExpressed("an interpolation PyTorch does not have")
    if scales is not None and scales.size and any(s * f != o for s, f, o in zip(x.shape, scales, size)):
        raise NotExpressed("an interpolation whose scale gives no whole size")
    if mode == b"nearest" and (transformed, options.get("nearest_mode")) == (b"asymmetric", b"floor") and axes <= 3:
        return f"{x.code}.upsample{axes}d(size = {extent(size[2:])})"
    modes = {(b"linear", 1): "Linear", (b"linear", 2): "Bilinear", (b"linear", 3): "Trilinear"}
    if options.get("cubic_coeff_a", -0.75) == -0.75:
        modes[b"cubic", 2] = "Bicubic"
    if (mode, axes) in modes and transformed in (b"half_pixel", b"align_corners"):
        corners = ", align_corners = true" if transformed == b"align_corners" else ""
        return f"{x.code}.upsample{axes}d(size = {extent(size[2:])}, mode = {modes[mode, axes]}{corners})"
    raise NotExpressed("an interpolation PyTorch does not have")


def shuffle(node: onnx.NodeProto, x: Value, options: dict) -> str:
    factor = options["blocksize"]
    if node.op_type == "DepthToSpace":
        if options.get("mode", b"DCR") != b"CRD" and x.shape[1] != factor * factor:
            raise NotExpressed("a shuffle in an order other than PyTorch's")
        return f"{x.code}.pixel_shuffle({factor})"
    if x.shape[1] != 1:
        raise NotExpressed("a shuffle in an order other than PyTorch's")
    return f"{x.code}.pixel_unshuffle({factor})"


def pool(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    kernel = list(options["kernel_shape"])
    axes = len(kernel)
    if len(node.output) > 1:
        raise NotExpressed("indices of maxima")
    ones = [1] * axes
    stride, dilation = list(options.get("strides", ones)), list(options.get("dilations", ones))
    average = node.op_type == "AveragePool"
    if average and dilation != ones:
        raise NotExpressed("a dilated average pool")
    pad = padding(options, x.shape[2:], kernel, stride, dilation)
    pads = [0] if pad == "Same" else [int(word) for word in re.findall(r"\d+", pad)]
    if any(p > k // 2 for p, k in zip(pads if len(pads) == axes else pads * axes, kernel, strict=True)):
        raise NotExpressed("a pool whose padding exceeds half its kernel")
    inner = arguments(
        [extent(kernel)],
        stride=None if stride == kernel else extent(stride),
        padding=other(pad, "0"),
        dilation=other(extent(dilation), "1"),
        ceil_mode="true" if options.get("ceil_mode", 0) else None,
        count_include_pad="false" if average and pad != "0" and not options.get("count_include_pad", 0) else None,
    )
    return f"{x.code}.{'avg' if average else 'max'}_pool{axes}d({inner})"


def gemm(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    if options.get("transA", 0):
        raise NotExpressed("transposed activations")
    weight, c = t.constant(node, 1), t.constant(node, 2)
    weight = weight if options.get("transB", 0) else weight.T
    alpha, beta = options.get("alpha", 1.0), options.get("beta", 1.0)
    outputs = len(weight)
    if c is not None and c.shape == (outputs,) and alpha == beta == 1.0:
        return f"{x.code}.linear({outputs}, {t.name(weight=weight, bias=c)})"
    code = f"{x.code}.linear({outputs}, bias = false, {t.name(weight=weight)})"
    if alpha != 1.0:
        code += f".scale({number(alpha)})"
    if c is not None:
        if t.batched and c.ndim > 1:
            raise NotExpressed("works across the batch")
        code += f" + {t.parameter(c)}" + (f".scale({number(beta)})" if beta != 1.0 else "")
    return code


def matmul(t: Translation, node: onnx.NodeProto, x: Value, _: dict) -> str:
    if node.input[0] not in t.values:
        raise NotExpressed("weights before activations in a product")
    if node.input[1] in t.values:
        other = t.values[node.input[1]]
        return product(t, x, other.code, len(other.shape))
    weight = t.constant(node, 1)
    if weight.ndim > 2:
        return product(t, x, t.parameter(weight), weight.ndim)
    columns = weight[None] if weight.ndim == 1 else weight.T
    code = f"{x.code}.linear({len(columns)}, bias = false, {t.name(weight=columns)})"
    return code if weight.ndim == 2 else f"{code}.reshape({list(t.own(x.shape[:-1]))})"


def product(t: Translation, x: Value, other: str, rank: int) -> str:
    """Of two tensors with at least two axes."""
    if t.batched:
        raise NotExpressed("works across the batch")
    if min(len(x.shape), rank) < 2:
        raise NotExpressed("a product with a vector")
    return f"{x.code}.matmul({other})"


def batch_norm(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    if len([name for name in node.output if name]) > 1:
        raise NotExpressed("training")
    weight, bias, mean, var = (t.constant(node, i) for i in range(1, 5))
    eps = number(options.get("epsilon", 1e-5))
    name = t.name(weight=weight, bias=bias, running_mean=mean, running_var=var)
    return f"{x.code}.batch_norm({arguments([], eps=other(eps, '1e-05'))}{'' if eps == '1e-05' else ', '}{name})"


def instance_norm(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    weight, bias = t.constant(node, 1), t.constant(node, 2)
    groups = [] if node.op_type == "InstanceNormalization" else [str(options["num_groups"])]
    eps = other(number(options.get("epsilon", 1e-5)), "1e-05")
    affine = None if groups else "true"
    layer = "group_norm" if groups else "instance_norm"
    return f"{x.code}.{layer}({arguments(groups, eps=eps, affine=affine, name=t.quoted(weight=weight, bias=bias))})"


def layer_norm(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str | list[str]:
    weight, bias = t.constant(node, 1), t.constant(node, 2)
    rank = len(x.shape)
    first = options.get("axis", -1) % rank
    shape = x.shape[first:]
    if any(tensor is not None and np.broadcast_shapes(tensor.shape, shape) != shape for tensor in (weight, bias)):
        raise NotExpressed("works across the batch")
    weight, bias = (None if tensor is None else np.broadcast_to(tensor, shape) for tensor in (weight, bias))
    epsilon = number(options.get("epsilon", 1e-5))
    axes = other(str(rank - first), "1")
    if node.op_type == "RMSNormalization":
        return f"{x.code}.rms_norm({arguments([], axes=axes, eps=epsilon, name=t.quoted(weight=weight))})"
    inner = arguments([], axes=axes, eps=other(epsilon, "1e-05"), bias="false" if bias is None else None)
    code = f"{x.code}.layer_norm({inner}{', ' if inner else ''}{t.name(weight=weight, bias=bias)})"
    if len(node.output) == 1:
        return code
    # The mean, and what the difference from it is multiplied by.
    over = f"axes = {list(range(first, rank))}, keepdim = true"
    mean, distance = f"mean{len(t.lines)}", f"distance{len(t.lines)}"
    t.lines.append(f"let {mean} = {x.code}.mean({over});")
    t.lines.append(f"let {distance} = {x.code} - {mean};")
    return [code, mean, f"(1.0 / (({distance} * {distance}).mean({over}) + {epsilon}).sqrt())"]


def local_response_norm(x: Value, options: dict) -> str:
    size, alpha, beta = options["size"], options.get("alpha", 1e-4), options.get("beta", 0.75)
    if size % 2 == 0:
        raise NotExpressed("a window that is not around its channel as PyTorch's")
    inner = arguments([str(size)], alpha=argument(alpha), beta=argument(beta), k=argument(options.get("bias", 1.0)))
    return f"{x.code}.local_response_norm({inner})"


def lp_normalization(t: Translation, x: Value, options: dict) -> str:
    axis, p = t.axis(options.get("axis", -1), len(x.shape)), options.get("p", 2)
    inner = arguments([], p=other(str(p), "2"), axis=str(axis), keepdim="true")
    return f"({x.code} / {x.code}.norm({inner}))"


def recurrent(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> list[str]:
    """The sequence and the last states."""
    weight_ih, weight_hh, bias = (t.constant(node, i) for i in range(1, 4))
    if any(node.input[4:]) or options.keys() - {"hidden_size", "layout"}:
        raise NotExpressed("a recurrent layer with peepholes or sequence lengths")
    size = options["hidden_size"]

    def gates(rows: np.ndarray) -> np.ndarray:
        return np.concatenate([rows[gate * size : (gate + 1) * size] for gate in RECURRENT[node.op_type]])

    state = {"weight_ih_l0": gates(weight_ih[0]), "weight_hh_l0": gates(weight_hh[0])}
    if bias is not None:
        state |= dict(zip(["bias_ih_l0", "bias_hh_l0"], map(gates, np.split(bias[0], 2)), strict=True))
    if node.op_type == "GRU" and not options.get("linear_before_reset", 0):
        # The state that the gate resets is zero in the first step.
        reset_bias = bias is not None and state["bias_hh_l0"][2 * size :].any()
        if t.own(x.shape)[0] > 1 or reset_bias:
            raise NotExpressed("a gated unit that resets before the product")
    inner = arguments([str(size)], bias=None if bias is not None else "false")
    has = [bool(name) for name in node.output] + [False] * 2
    y, h, c = ("y" if has[0] else "_"), ("h" if has[1] else "_"), ("c" if has[2] else "_")
    states = f"({h}, {c})" if node.op_type == "LSTM" else h
    t.lines.append(f"let ({y}, {states}) = {x.code}.{node.op_type.lower()}({inner}, {t.name(**state)});")
    # ONNX has an axis of directions.
    return ["y.unsqueeze(1)", "h", "c"]


def softmax(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    rank = len(x.shape)
    axis = options.get("axis", -1 if t.opset >= 13 else 1) % rank
    if t.opset < 13 and np.prod(x.shape[axis + 1 :]) != 1:
        raise NotExpressed("softmax over several axes")
    layer = "softmax" if node.op_type == "Softmax" else "log_softmax"
    return f"{x.code}.{layer}(axis = {t.axis(axis, rank)})"


def prelu(t: Translation, node: onnx.NodeProto, x: Value) -> str:
    slope = t.constant(node, 1)
    if slope.size == 1:
        return f"{x.code}.prelu({t.name(weight=slope.reshape(1))})"
    aligned = (1,) * (len(x.shape) - slope.ndim) + slope.shape
    if any(extent != 1 for axis, extent in enumerate(aligned) if axis != 1):
        raise NotExpressed("a slope per element")
    return f"{x.code}.prelu(num_parameters = {slope.size}, {t.name(weight=slope.reshape(-1))})"


def clip(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    bounds = [options.get("min", -np.inf), options.get("max", np.inf)]
    for i in range(2):
        value = t.constant(node, i + 1)
        if value is not None:
            bounds[i] = float(value)
    match bounds:
        case [0.0, 6.0]:
            return f"{x.code}.relu6()"
        case [low, high] if low < -3e38 and high > 3e38:
            return f"{x.code}.identity()"
        case [0.0, high] if high > 3e38:
            return f"{x.code}.relu()"
        case [low, high] if high > 3e38:
            return f"{x.code}.clamp_min({argument(low)})"
        case [low, high] if low < -3e38:
            return f"{x.code}.clamp_max({argument(high)})"
        case [low, high] if low > high:
            raise NotExpressed("a lower limit above the upper one")
    return f"{x.code}.clamp({argument(bounds[0])}, {argument(bounds[1])})"


def reshape(t: Translation, node: onnx.NodeProto, x: Value, _: dict) -> str:
    shape = t.shapes[node.output[0]]
    if t.batched and shape[:1] != x.shape[:1]:
        raise NotExpressed("works across the batch")
    if t.own(shape) == (np.prod(t.own(x.shape)),):
        return f"{x.code}.flatten()"
    return f"{x.code}.reshape({list(t.own(shape))})"


def transpose(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    order = options.get("perm", range(len(x.shape))[::-1])
    moved = [axis for axis in order if x.shape[axis] > 1]
    if moved != sorted(moved):
        if t.batched and order[0] != 0:
            raise NotExpressed("works across the batch")
        return f"{x.code}.permute({[t.axis(axis, len(x.shape)) for axis in order[t.batched :]]})"
    return reshape(t, node, x, options)


def reduce(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    axes = options.get("axes", t.constant(node, 1))
    rank = len(x.shape)
    if rank == 0:
        raise NotExpressed("reduction of a scalar")
    every = axes is None or len(axes) == 0
    if every and options.get("noop_with_empty_axes", 0):
        raise NotExpressed("a reduction over no axes")
    axes = [t.axis(int(axis), rank) for axis in (range(rank) if every else axes)]
    keep = options.get("keepdims", 1)
    inner = arguments(
        [],
        p="1" if node.op_type == "ReduceL1" else None,
        axis=str(axes[0]) if len(axes) == 1 else None,
        axes=str(axes) if 1 < len(axes) < rank else None,
        keepdim="true" if keep else None,
    )
    code = f"{x.code}.{REDUCTIONS[node.op_type]}({inner})"
    # A declaration of these tests has at least one axis.
    return code if keep or len(axes) < rank - t.batched else f"{code}.unsqueeze(0)"


def extreme(t: Translation, node: onnx.NodeProto) -> str:
    """The greatest or the least of several tensors."""
    if any(name not in t.values for name in node.input):
        raise NotExpressed("extremes of activations and weights")
    first, *others = (t.values[name] for name in node.input)
    if t.batched and any(len(value.shape) != len(first.shape) for value in others):
        raise NotExpressed("works across the batch")
    method = "maximum" if node.op_type == "Max" else "minimum"
    return first.code + "".join(f".{method}({value.code})" for value in others) + ("" if others else ".identity()")


def tile(t: Translation, node: onnx.NodeProto, x: Value, _: dict) -> str:
    code = x.code
    for axis, times in enumerate(t.constant(node, 1)):
        if times > 1:
            copies = ", ".join([code] * int(times))
            code = f"concat([{copies}], axis = {t.axis(axis, len(x.shape))})"
    return code


def elementwise(t: Translation, node: onnx.NodeProto, options: dict) -> str:
    """`+ - * /` between activations, numbers and tensors of weights."""
    if len(node.input) == 1:
        return f"{t.values[node.input[0]].code}.identity()"
    rank = max(len(t.values[name].shape) for name in node.input if name in t.values)
    codes = []
    for i, name in enumerate(node.input):
        if name in t.values:
            value = t.values[name]
            if i == 1 and options.get("broadcast") and "axis" in options:
                # Before opset 7, the second operand starts at an axis of the first.
                ones = rank - options["axis"] % rank - len(value.shape)
                value = Value(f"{value.code}.reshape({[*t.own(value.shape), *[1] * ones]})", value.shape)
            elif t.batched and len(value.shape) < rank:
                raise NotExpressed("works across the batch")
            codes.append(value.code)
            continue
        constant = t.constants[name]
        if i == 1 and options.get("broadcast") and "axis" in options:
            constant = constant.reshape(constant.shape + (1,) * (rank - options["axis"] % rank - constant.ndim))
        if constant.size == 1 and constant.ndim <= rank:
            codes.append(number(constant.item()))
            continue
        if t.batched and constant.ndim == rank:
            if len(constant) != 1:
                raise NotExpressed("works across the batch")
            constant = constant[0]
        codes.append(t.parameter(constant))
    code = f"({f' {ARITHMETIC[node.op_type]} '.join(codes)})"
    return f"({code} / {len(codes)}.0)" if node.op_type == "Mean" else code


def slices(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> str:
    rank = len(x.shape)
    starts, ends = options.get("starts", t.constant(node, 1)), options.get("ends", t.constant(node, 2))
    axes, steps = options.get("axes", t.constant(node, 3)), t.constant(node, 4)
    code = x.code
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        axis = int(axes[i]) % rank if axes is not None else i
        size = x.shape[axis]
        start, end, step = slice(int(start), int(end), int(steps[i]) if steps is not None else 1).indices(size)
        if step != 1:
            raise NotExpressed("a slice with a step")
        if end <= start:
            raise NotExpressed("empty tensors")
        sizes = [start, end - start, size - end]
        if sizes[1] == size:
            continue
        at = t.axis(axis, rank)
        part = f"part{len(t.lines)}"
        pattern = ["_"] * (start > 0) + [part] + ["_"] * (end < size)
        kept = [s for s in sizes if s > 0]
        t.lines.append(f"let [{', '.join(pattern)}] = {code}.split({kept}{f', axis = {at}' if at else ''});")
        code = part
    return code


def split(t: Translation, node: onnx.NodeProto, x: Value, options: dict) -> list[str]:
    axis = options.get("axis", 0)
    sizes = options.get("split", t.constant(node, 1))
    size, parts = x.shape[axis], len(node.output)
    if sizes is None:
        whole = -(-size // options.get("num_outputs", parts))
        sizes = [min(whole, size - i * whole) for i in range(parts)]
    sizes = [int(s) for s in sizes]
    if min(sizes) <= 0:
        raise NotExpressed("empty tensors")
    at = t.axis(axis, len(x.shape))
    names = [f"part{len(t.lines)}_{i}" for i in range(parts)]
    t.lines.append(f"let [{', '.join(names)}] = {x.code}.split({sizes}{f', axis = {at}' if at else ''});")
    return names


def translate(t: Translation, node: onnx.NodeProto) -> str | list[str]:
    """The outputs of one node."""
    options = attributes(node)
    inputs = [t.values[name] for name in node.input if name in t.values]
    x = inputs[0]
    match node.op_type:
        case "Conv":
            return conv(t, node, x, options)
        case "ConvTranspose":
            return conv_transpose(t, node, x, options)
        case "Pad":
            return pad(t, node, x, options)
        case "Resize":
            return resize(t, node, x, options)
        case "DepthToSpace" | "SpaceToDepth":
            return shuffle(node, x, options)
        case "AveragePool" | "MaxPool":
            return pool(t, node, x, options)
        case "GlobalAveragePool":
            return f"{x.code}.global_avg_pool()"
        case "GlobalMaxPool":
            return f"{x.code}.max_pool{len(x.shape) - 2}d({extent(x.shape[2:])})"
        case "Gemm":
            return gemm(t, node, x, options)
        case "MatMul":
            return matmul(t, node, x, options)
        case "BatchNormalization":
            return batch_norm(t, node, x, options)
        case "InstanceNormalization" | "GroupNormalization":
            return instance_norm(t, node, x, options)
        case "LayerNormalization" | "RMSNormalization":
            return layer_norm(t, node, x, options)
        case "LRN":
            return local_response_norm(x, options)
        case "LpNormalization":
            return lp_normalization(t, x, options)
        case operator if operator in RECURRENT:
            return recurrent(t, node, x, options)
        case "Softmax" | "LogSoftmax":
            return softmax(t, node, x, options)
        case "Clip":
            return clip(t, node, x, options)
        case "Reshape" | "Flatten" | "Squeeze" | "Unsqueeze":
            return reshape(t, node, x, options)
        case "Transpose":
            return transpose(t, node, x, options)
        case operator if operator in REDUCTIONS:
            return reduce(t, node, x, options)
        case "Tile":
            return tile(t, node, x, options)
        case "Slice":
            return slices(t, node, x, options)
        case "Split":
            return split(t, node, x, options)
        case "Concat":
            axis = t.axis(options.get("axis", 1), len(x.shape))
            if any(name not in t.values for name in node.input):
                raise NotExpressed("concat with weights")
            codes = ", ".join(value.code for value in inputs)
            return f"concat([{codes}]{f', axis = {axis}' if axis else ''})"
        case operator if operator in ARITHMETIC:
            return elementwise(t, node, options)
        case operator if operator in UNARY:
            return f"{x.code}.{UNARY[operator]}()"
        case "Cast" | "CastLike":
            return f"{x.code}.identity()"
        case "Reciprocal":
            return f"(1.0 / {x.code})"
        case "Pow":
            power = t.constant(node, 1)
            if power.size == 1 and float(power.item()) == 0.5:
                return f"{x.code}.sqrt()"
            if power.size > 1 or float(power.item()) not in (2.0, 3.0):
                raise NotExpressed(ABSENT + "Pow")
            return f"({' * '.join([x.code] * int(power.item()))})"
        case "Max":
            if any(name in t.constants and not t.constants[name].any() for name in node.input) and len(inputs) == 1:
                return f"{x.code}.relu()"
            return extreme(t, node)
        case "Min":
            return extreme(t, node)
        case "Dropout":
            ratio, training = t.constant(node, 1), t.constant(node, 2)
            if training is not None and training.item() and ratio is not None and ratio.item():
                raise NotExpressed("training")
            return f"{x.code}.dropout({number(options.get('ratio', 0.5 if ratio is None else ratio.item()))})"
        case "LeakyRelu":
            return f"{x.code}.leaky_relu(negative_slope = {number(options.get('alpha', 0.01))})"
        case "PRelu":
            return prelu(t, node, x)
        case "Elu" | "Celu":
            return f"{x.code}.{node.op_type.lower()}(alpha = {number(options.get('alpha', 1.0))})"
        case "Selu":
            if any(not np.isclose(options.get(key, value), value) for key, value in SELU.items()):
                raise NotExpressed("selu with constants other than PyTorch's")
            return f"{x.code}.selu()"
        case "HardSigmoid":
            if not np.isclose(options.get("alpha", 0.2), 1 / 6) or options.get("beta", 0.5) != 0.5:
                raise NotExpressed("hard sigmoid with a slope other than PyTorch's")
            return f"{x.code}.hard_sigmoid()"
        case "Gelu":
            if options.get("approximate", b"none") != b"none":
                raise NotExpressed("gelu approximated by tanh")
            return f"{x.code}.gelu()"
        case "Swish":
            alpha = options.get("alpha", 1.0)
            return f"{x.code}.silu()" if alpha == 1.0 else f"({x.code} * {x.code}.scale({number(alpha)}).sigmoid())"
    raise NotExpressed(ABSENT + node.op_type)
