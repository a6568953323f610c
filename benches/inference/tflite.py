"""Writes the ONNX files of MLPerf Tiny's networks as TensorFlow Lite, in float32: tflite.py FOLDER"""

import os
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

NETWORKS = ["ds_cnn", "resnet8", "visual_wake_words", "autoencoder"]


def padding(pads, size, kernel, strides) -> str:
    """TensorFlow's word for the padding: nothing else is written, so that no padding is an operator of its own."""
    if not any(pads):
        return "VALID"
    totals = [max((-(-n // s) - 1) * s + k - n, 0) for n, k, s in zip(size, kernel, strides, strict=True)]
    same = [total // 2 for total in totals] + [total - total // 2 for total in totals]
    assert list(pads) == same, f"{pads} is not TensorFlow's padding"
    return "SAME"


def convolution(attributes, x, weight, bias=None):
    strides, pads = attributes.get("strides", [1, 1]), attributes.get("pads", [0] * 4)
    words = padding(pads, x.shape[1:3], weight.shape[2:], strides)
    if attributes.get("group", 1) == 1:
        y = tf.nn.conv2d(x, weight.transpose(2, 3, 1, 0), strides, words)
    else:
        assert attributes["group"] == x.shape[3] == weight.shape[0]
        y = tf.nn.depthwise_conv2d(x, weight.transpose(2, 3, 0, 1), [1, *strides, 1], words)
    return y if bias is None else tf.nn.bias_add(y, bias)


def translate(graph, image):
    """The output of an ONNX graph for an image that is channel-last."""
    # An empty name is an optional input that is not given.
    values = {"": None} | {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    values[graph.input[0].name] = image
    for node in graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        x, *rest = [values[name] for name in node.input]
        match node.op_type:
            case "Conv":
                y = convolution(attributes, x, *rest)
            case "Gemm":
                assert attributes.get("transB") == 1
                y = tf.nn.bias_add(tf.matmul(x, rest[0].T), rest[1])
            case "Relu":
                y = tf.nn.relu(x)
            case "Add":
                y = x + rest[0]
            # The window of the only other pool is its image.
            case "GlobalAveragePool" | "AveragePool":
                y = tf.nn.avg_pool2d(x, x.shape[1:3], 1, "VALID")
            case "Flatten":
                # The order of axes does not matter where all but the channels are 1.
                assert x.shape[1:3] == [1, 1]
                y = tf.reshape(x, [1, x.shape[3]])
            case "Softmax":
                y = tf.nn.softmax(x)
            case other:
                raise NotImplementedError(other)
        values[node.output[0]] = y
    return values[graph.output[0].name]


def main(folder: Path) -> None:
    for name in NETWORKS:
        graph = onnx.load(folder / f"{name}.onnx").graph
        shape = [axis.dim_value for axis in graph.input[0].type.tensor_type.shape.dim]
        if len(shape) == 4:
            shape = [shape[0], shape[2], shape[3], shape[1]]
        function = tf.function(lambda image: translate(graph, image))
        concrete = function.get_concrete_function(tf.TensorSpec(shape, tf.float32))
        converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete])
        (folder / f"{name}.tflite").write_bytes(converter.convert())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
