"""Writes tests/fixtures/tflite/operators: random int8 models of one operator, with the outputs of LiteRT's reference kernels.

A file per operator. All its numbers are little-endian: the count of its cases as a u32, then for each case three times
a length as a u32 and as many bytes: the .tflite file, its inputs one after the other, and its outputs.
"""

import struct
import zlib
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "tflite" / "operators"

# How many cases an operator has, or each of its variants.
CASES = 100

# The codes of the schema, tensorflow/compiler/mlir/lite/schema/schema.fbs.
INT8, INT32 = 9, 2
NONE, RELU, RELU_N1_TO_1, RELU6 = range(4)
SAME, VALID = range(2)


class Options:
    """The table of an operator's options: its place in the union, and its fields by their slots."""

    def __init__(self, union, **fields):
        self.union, self.fields = union, {int(slot[1:]): value for slot, value in fields.items()}

    def write(self, builder):
        return table(builder, self.fields)


class Tensor:
    """A tensor of a model, which is constant if it has data."""

    def __init__(self, shape, scale=None, zero_point=0, data=None, axis=0, dtype=INT8):
        self.shape = [int(extent) for extent in shape]
        self.scales = [] if scale is None else list(np.atleast_1d(np.float32(scale)))
        self.zero_points = [int(zero_point)] * len(self.scales)
        self.data, self.axis, self.dtype = data, axis, dtype


def table(builder, fields):
    """A table whose fields are bools and bytes (as np.int8), numbers, or offsets."""
    builder.StartObject(max(fields, default=-1) + 1)
    for slot, value in sorted(fields.items()):
        match value:
            case Offset():
                builder.PrependUOffsetTRelativeSlot(slot, value.offset, 0)
            case float():
                builder.PrependFloat32Slot(slot, value, 0.0)
            case bool() | np.int8():
                builder.PrependInt8Slot(slot, int(value), 0)
            case int():
                # Never left out: the defaults are not all zero.
                builder.PrependInt32Slot(slot, value, None)
    return builder.EndObject()


class Offset:
    def __init__(self, offset):
        self.offset = offset


def vector(builder, offsets):
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return Offset(builder.EndVector())


class Builder(flatbuffers.Builder):
    """A builder that writes equal vectors once."""

    def __init__(self):
        super().__init__(1024)
        self.vectors = {}

    def numbers(self, values, dtype):
        values = np.array(values, dtype)
        key = (values.tobytes(), dtype)
        if key not in self.vectors:
            self.vectors[key] = self.CreateNumpyVector(values)
        return Offset(self.vectors[key])


def model(code, tensors, inputs, outputs, options=None):
    """The bytes of a model of one operator. An input of −1 is left out."""
    builder = Builder()
    buffers, written = [b""], []
    for tensor in tensors:
        fields = {0: builder.numbers(tensor.shape, np.int32), 1: np.int8(tensor.dtype)}
        if tensor.data is not None:
            fields[2] = len(buffers)
            buffers.append(tensor.data.tobytes())
        if tensor.scales:
            quantization = {
                2: builder.numbers(tensor.scales, np.float32),
                3: builder.numbers(tensor.zero_points, np.int64),
                6: tensor.axis,
            }
            fields[4] = Offset(table(builder, quantization))
        written.append(table(builder, fields))
    fields = {0: 0, 1: builder.numbers(inputs, np.int32), 2: builder.numbers(outputs, np.int32)}
    if options:
        fields[3] = np.int8(options.union)
        fields[4] = Offset(options.write(builder))
    operator = table(builder, fields)
    given = [i for i in inputs if i >= 0 and tensors[i].data is None]
    graph = {
        0: vector(builder, written),
        1: builder.numbers(given, np.int32),
        2: builder.numbers(outputs, np.int32),
        3: vector(builder, [operator]),
    }
    graph = table(builder, graph)
    code = table(builder, {0: np.int8(min(code, 127)), 2: VERSIONS.get(code, 3), 3: code})
    buffers = [
        table(builder, {0: Offset(builder.CreateByteVector(data))} if data else {}) for data in buffers
    ]
    root = {0: 3, 1: vector(builder, [code]), 2: vector(builder, [graph]), 4: vector(builder, buffers)}
    builder.Finish(table(builder, root), b"TFL3")
    return bytes(builder.Output())


# The operators' codes.
ADD, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED = 0, 1, 2, 3, 4, 9
LOGISTIC, MAX_POOL_2D, MUL, RELU_, RELU_N1_TO_1_, RELU6_ = 14, 17, 18, 19, 20, 21
RESIZE_BILINEAR, SOFTMAX, TANH, PAD, TRANSPOSE, MEAN, SUB = 23, 25, 28, 34, 39, 40, 41
STRIDED_SLICE, SPLIT, PRELU, PADV2, SLICE, SUM, REDUCE_MAX = 45, 49, 54, 60, 65, 74, 82
RESIZE_NEAREST_NEIGHBOR, LEAKY_RELU, SPLIT_V, QUANTIZE, HARD_SWISH = 97, 98, 102, 114, 117

# The latest versions that LiteRT knows, where they are below 3. They only say which features an interpreter must have.
VERSIONS = {HARD_SWISH: 1, LEAKY_RELU: 2, PRELU: 1, RELU_N1_TO_1_: 1, SUM: 2}


class Random:
    """What the cases are made of."""

    def __init__(self, name):
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))

    def int(self, low, high):
        """An integer between both, inclusively."""
        return int(self.rng.integers(low, high + 1))

    def bool(self):
        return self.int(0, 1) == 1

    def choice(self, values):
        return values[self.int(0, len(values) - 1)]

    def scale(self, low=-6, high=0):
        """A scale between two powers of two."""
        return float(2 ** self.rng.uniform(low, high))

    def bytes(self, shape, low=-128):
        return self.rng.integers(low, 128, shape).astype(np.int8)

    def tensor(self, shape, low=-6, high=0):
        return Tensor(shape, self.scale(low, high), self.int(-128, 127))

    def constant(self, shape):
        return Tensor(shape, self.scale(), self.int(-128, 127), self.bytes(shape))

    def activation(self):
        return np.int8(self.choice([NONE, RELU, RELU_N1_TO_1, RELU6]))

    def shape(self, height=5, width=5, channels=5):
        return [1, self.int(1, height), self.int(1, width), self.int(1, channels)]

    def weights(self, shape, axis, input_scale, per_channel=True, zero_point=0):
        """Weights, and biases."""
        channels = shape[axis]
        scales = np.float32([self.scale(-9, -4) for _ in range(channels if per_channel else 1)])
        weights = Tensor(shape, scales, zero_point, self.bytes(shape, -127), axis)
        biases = self.rng.integers(-2000, 2001, channels).astype(np.int32)
        return weights, Tensor([channels], scales * np.float32(input_scale), 0, biases, dtype=INT32)


def ints(values):
    return Tensor(np.shape(values), data=np.array(values, np.int32), dtype=INT32)


def windows(r, shape, kernel, dilation):
    """A padding, a stride for each axis, and the output's extents."""
    padding, strides = r.choice([SAME, VALID]), [r.int(1, 3), r.int(1, 3)]
    extents = []
    for input, kernel, dilation, stride in zip(shape[1:3], kernel, dilation, strides):
        span = 0 if padding == SAME else (kernel - 1) * dilation
        extents.append(-(-(input - span) // stride))
    return (padding, strides, extents) if min(extents) > 0 else None


def kernel(r):
    return [r.int(1, 4), r.int(1, 4)], r.choice([[1, 1], [1, 1], [2, 1], [1, 2], [2, 2]])


def conv_2d(r, groups=1):
    shape = r.shape(6, 6, 5)
    shape[3] *= groups
    size, dilation = kernel(r)
    if not (found := windows(r, shape, size, dilation)):
        return None
    padding, strides, extents = found
    channels = groups * r.int(1, 4)
    x = r.tensor(shape)
    weights, biases = r.weights([channels, *size, shape[3] // groups], 0, x.scales[0])
    fields = dict(_0=np.int8(padding), _1=strides[1], _2=strides[0], _3=r.activation(), _4=dilation[1], _5=dilation[0])
    y = r.tensor([1, *extents, channels], -4, 1)
    return CONV_2D, [x, weights, biases, y], [0, 1, 2], [3], Options(1, **fields)


def grouped_conv_2d(r):
    return conv_2d(r, r.int(2, 3))


def depthwise_conv_2d(r):
    shape = r.shape(6, 6, 20)
    size, dilation = kernel(r)
    if not (found := windows(r, shape, size, dilation)):
        return None
    padding, strides, extents = found
    multiplier = r.choice([1, 1, 2, 3])
    channels = multiplier * shape[3]
    if channels > 24:
        return None
    x = r.tensor(shape)
    weights, biases = r.weights([1, *size, channels], 3, x.scales[0])
    fields = dict(
        _0=np.int8(padding), _1=strides[1], _2=strides[0], _3=multiplier, _4=r.activation(),
        _5=dilation[1], _6=dilation[0],
    )  # fmt: skip
    y = r.tensor([1, *extents, channels], -4, 1)
    return DEPTHWISE_CONV_2D, [x, weights, biases, y], [0, 1, 2], [3], Options(2, **fields)


def fully_connected(r, per_channel=False):
    rows, ins, outs = r.choice([1, 1, 2, 3]), r.int(1, 28), r.int(1, 12)
    x = r.tensor([rows, ins])
    zero_point = 0 if per_channel else r.choice([0, 0, r.int(-128, 127)])
    weights, biases = r.weights([outs, ins], 0, x.scales[0], per_channel, zero_point)
    y = r.tensor([rows, outs], -4, 1)
    options = Options(8, _0=r.activation())
    return FULLY_CONNECTED, [x, weights, biases, y], [0, 1, r.choice([2, 2, 2, -1])], [3], options


def fully_connected_per_channel(r):
    return fully_connected(r, True)


def pool(code):
    def case(r):
        shape = r.shape(8, 8, 20)
        size = [r.int(1, shape[1]), r.int(1, shape[2])]
        if shape[3] * shape[1] * shape[2] > 400 or not (found := windows(r, shape, size, [1, 1])):
            return None
        padding, strides, extents = found
        x = r.tensor(shape)
        y = Tensor([1, *extents, shape[3]], x.scales, x.zero_points[0])
        fields = dict(_0=np.int8(padding), _1=strides[1], _2=strides[0], _3=size[1], _4=size[0], _5=r.activation())
        return code, [x, y], [0], [1], Options(5, **fields)

    return case


def binary(code, union):
    def case(r):
        shape = r.shape(4, 4, 5)
        shapes = [shape, shape]
        match r.int(0, 5):
            case 0:
                shapes = [shape, [1, 1, 1, shape[3]]]
            case 1:
                shapes = [shape, [1, 1, 1, 1]]
            case 2:
                shapes = [[1, 1, 1, shape[3]], shape]
            case 3:
                shapes = [[1, shape[1], 1, shape[3]], [1, 1, shape[2], 1]]
        a = r.tensor(shapes[0])
        b = r.constant(shapes[1]) if r.int(0, 2) == 0 else r.tensor(shapes[1])
        return code, [a, b, r.tensor(shape, -4, 2)], [0, 1], [2], Options(union, _0=r.activation())

    return case


def prelu(r):
    shape = r.shape(4, 4, 8)
    slopes = r.constant(r.choice([[1, 1, shape[3]], [1, 1, 1], shape[1:]]))
    return PRELU, [r.tensor(shape), slopes, r.tensor(shape, -4, 2)], [0, 1], [2], None


def softmax(r):
    shape = [r.int(1, 4), r.int(1, 30)]
    return SOFTMAX, [r.tensor(shape, -8, 1), Tensor(shape, 1 / 256, -128)], [0], [1], Options(9, _0=r.choice([1.0, 1.0, 0.5, 2.0]))


def reduce(code):
    def case(r):
        shape, keep = r.shape(6, 6, 6), r.bool()
        axes = r.choice([[1, 2], [1, 2], [1], [2], [3], [1, 2, 3], [2, 3], [1, 3]])
        reduced = [1 if axis in axes else shape[axis] for axis in range(4)]
        output = reduced if keep else [reduced[axis] for axis in range(4) if axis not in axes]
        x = r.tensor(shape)
        y = Tensor(output, x.scales, x.zero_points[0]) if code == REDUCE_MAX else r.tensor(output, -6, 1)
        return code, [x, ints(axes), y], [0, 1], [2], Options(27, _0=keep)

    return case


def pad(r, value=False):
    shape = r.shape(4, 4, 4)
    pads = [[0, 0], *([r.int(0, 2), r.int(0, 2)] for _ in range(3))]
    x = r.tensor(shape)
    y = Tensor(np.array(shape) + np.sum(pads, 1), x.scales, x.zero_points[0])
    if value:
        fill = Tensor([1], x.scales, x.zero_points[0], r.bytes([1]))
        return PADV2, [x, ints(pads), fill, y], [0, 1, 2], [3], Options(43)
    return PAD, [x, ints(pads), y], [0, 1], [2], Options(22)


def padv2(r):
    return pad(r, True)


def concatenation(r):
    shape, axis = r.shape(4, 4, 6), r.int(1, 3)
    parts = [[*shape[:axis], r.int(1, 4), *shape[axis + 1 :]] for _ in range(r.int(2, 4))]
    first = r.tensor(parts[0])
    tensors = [first, *(Tensor(part, first.scales, first.zero_points[0]) for part in parts[1:])]
    total = [*shape[:axis], sum(part[axis] for part in parts), *shape[axis + 1 :]]
    tensors.append(Tensor(total, first.scales, first.zero_points[0]))
    options = Options(10, _0=axis - r.choice([0, 4]))
    return CONCATENATION, tensors, list(range(len(parts))), [len(parts)], options


def alike(x, shape):
    return Tensor(shape, x.scales, x.zero_points[0])


def strided_slice(r):
    x = r.tensor(r.shape(6, 6, 6))
    begin, end, steps, sizes = [], [], [], []
    for extent in x.shape:
        step = r.choice([1, 1, 2, 3, -1, -2])
        first, size = r.int(0, extent - 1), 0
        last = r.int(first + 1, extent) if step > 0 else r.int(-extent - 1, first - extent - 1)
        size = len(range(extent)[first : last : step])
        if size == 0:
            return None
        for values, value in zip([begin, end, steps, sizes], [first, last, step, size]):
            values.append(value)
    tensors = [x, ints(begin), ints(end), ints(steps), alike(x, sizes)]
    return STRIDED_SLICE, tensors, [0, 1, 2, 3], [4], Options(32)


def slice_(r):
    x = r.tensor(r.shape(6, 6, 6))
    begin = [r.int(0, extent - 1) for extent in x.shape]
    sizes = [r.int(1, extent - first) for extent, first in zip(x.shape, begin)]
    return SLICE, [x, ints(begin), ints(sizes), alike(x, sizes)], [0, 1, 2], [3], Options(48)


def split(r):
    shape, axis, parts = r.shape(4, 4, 4), r.int(1, 3), r.int(1, 3)
    part = list(shape)
    shape[axis] *= parts
    x = r.tensor(shape)
    tensors = [ints([axis]), x, *(alike(x, part) for _ in range(parts))]
    tensors[0].shape = []
    return SPLIT, tensors, [0, 1], list(range(2, 2 + parts)), Options(35, _0=parts)


def split_v(r):
    shape, axis = r.shape(4, 4, 4), r.int(1, 3)
    sizes = [r.int(1, 3) for _ in range(r.int(1, 3))]
    part = lambda size: [*shape[:axis], size, *shape[axis + 1 :]]
    x = r.tensor(part(sum(sizes)))
    tensors = [x, ints(sizes), ints([axis]), *(alike(x, part(size)) for size in sizes)]
    tensors[2].shape = []
    return SPLIT_V, tensors, [0, 1, 2], list(range(3, 3 + len(sizes))), Options(79, _0=len(sizes))


def transpose(r):
    x = r.tensor(r.shape(5, 5, 6))
    order = [int(axis) for axis in r.rng.permutation(4)]
    return TRANSPOSE, [x, ints(order), alike(x, [x.shape[axis] for axis in order])], [0, 1], [2], Options(26)


def resize(code, union, first):
    def case(r):
        x = r.tensor(r.shape(6, 6, 4))
        size = [r.int(1, 9), r.int(1, 9)]
        aligned, centred = r.choice([(False, False), (True, False), (False, True)])
        options = Options(union, **{f"_{first}": aligned, f"_{first + 1}": centred})
        return code, [x, ints(size), alike(x, [1, *size, x.shape[3]])], [0, 1], [2], options

    return case


def unary(code, output=None):
    def case(r):
        shape = [1, 20]
        y = Tensor(shape, *output) if output else r.tensor(shape, -5, 0)
        return code, [r.tensor(shape, -7, 0), y], [0], [1], None

    return case


def leaky_relu(r):
    code, tensors, inputs, outputs, _ = unary(LEAKY_RELU)(r)
    return code, tensors, inputs, outputs, Options(75, _0=float(r.rng.uniform(-0.2, 0.9)))


def quantize(r):
    code, tensors, inputs, outputs, _ = unary(QUANTIZE)(r)
    return code, tensors, inputs, outputs, Options(89)


# The cases of each file, by the operator's name, in one or more variants.
OPERATORS = {
    "add": [binary(ADD, 11)],
    "average_pool_2d": [pool(AVERAGE_POOL_2D)],
    "concatenation": [concatenation],
    "conv_2d": [conv_2d, grouped_conv_2d],
    "depthwise_conv_2d": [depthwise_conv_2d],
    "fully_connected": [fully_connected, fully_connected_per_channel],
    "hard_swish": [unary(HARD_SWISH)],
    "leaky_relu": [leaky_relu],
    "logistic": [unary(LOGISTIC, (1 / 256, -128))],
    "max_pool_2d": [pool(MAX_POOL_2D)],
    "mean": [reduce(MEAN)],
    "mul": [binary(MUL, 21)],
    "pad": [pad],
    "padv2": [padv2],
    "prelu": [prelu],
    "quantize": [quantize],
    "reduce_max": [reduce(REDUCE_MAX)],
    "relu": [unary(RELU_)],
    "relu6": [unary(RELU6_)],
    "relu_n1_to_1": [unary(RELU_N1_TO_1_)],
    "resize_bilinear": [resize(RESIZE_BILINEAR, 15, 2)],
    "resize_nearest_neighbor": [resize(RESIZE_NEAREST_NEIGHBOR, 74, 0)],
    "slice": [slice_],
    "softmax": [softmax],
    "split": [split],
    "split_v": [split_v],
    "strided_slice": [strided_slice],
    "sub": [binary(SUB, 28)],
    "sum": [reduce(SUM)],
    "tanh": [unary(TANH, (1 / 128, 0))],
    "transpose": [transpose],
}


def run(r, file, code):
    """Random inputs of a model, and the outputs of the reference kernels."""
    resolver = OpResolverType.BUILTIN_REF
    if code == SUM:
        # There is no reference kernel: its output is whatever was in memory.
        resolver = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    interpreter = Interpreter(model_content=file, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    inputs = []
    for detail in interpreter.get_input_details():
        inputs.append(r.bytes(detail["shape"]))
        interpreter.set_tensor(detail["index"], inputs[-1])
    interpreter.invoke()
    return inputs, [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]


def cases(name, variant):
    r = Random(name)
    refused = []
    made = 0
    while made < CASES:
        if not (case := variant(r)):
            continue
        file = model(*case)
        try:
            inputs, outputs = run(r, file, case[0])
        except (RuntimeError, ValueError) as error:
            refused.append(str(error).splitlines()[0])
            if len(refused) > CASES:
                raise
            continue
        shapes = [case[1][output].shape for output in case[3]]
        assert [list(output.shape) for output in outputs] == shapes, (name, shapes)
        made += 1
        yield [file, b"".join(x.tobytes() for x in inputs), b"".join(y.tobytes() for y in outputs)]
    for reason in sorted(set(refused)):
        print(f"{name}: not run: {reason}")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, variants in OPERATORS.items():
        all_cases = [case for i, variant in enumerate(variants) for case in cases(f"{name}{i or ''}", variant)]
        data = struct.pack("<I", len(all_cases))
        for part in (part for case in all_cases for part in case):
            data += struct.pack("<I", len(part)) + part
        (FOLDER / f"{name}.bin").write_bytes(data)
        total += len(data)
        print(f"{name}: {len(all_cases)} cases, {len(data):,} bytes")
    print(f"{total:,} bytes")


if __name__ == "__main__":
    main()
