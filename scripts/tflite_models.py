"""Makes TensorFlow Lite models, and what LiteRT's reference kernels compute from them.

Writes into `examples/digits`:
  digits.tflite              the network of the example in int8, with the weights of weights.safetensors
  logits_int8.safetensors    its outputs for the images of test_set.safetensors
into `tests/fixtures/tflite`:
  *.tflite                   small models of many architectures, most of them in int8
  *.golden                   inputs, outputs, and checksums of every intermediate tensor
  bad/*.tflite               files that are each wrong in one way, or that netcost does not run
"""

import contextlib
import io
import os
import warnings
from collections.abc import Callable
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Its sums depend on the processor.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file, save
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

import tflite_networks as networks
from tflite_golden import golden, interpreter, streamed

ROOT = Path(__file__).resolve().parent.parent
DIGITS = ROOT / "examples" / "digits"
FIXTURES = ROOT / "tests" / "fixtures" / "tflite"

SAMPLES = 64
BUILTIN = schema.BuiltinOperator


def seed(name: str) -> list[int]:
    """A network has the same weights whatever others there are."""
    return list(name.encode())


# Conversion


def samples(net: keras.Model | networks.Module) -> Callable:
    """Random inputs that quantization takes its ranges from."""
    if isinstance(net, networks.Module):
        shapes = {f"input{i}": shape for i, shape in enumerate(net.SHAPES)}
    else:
        shapes = {"input": tuple(extent or 1 for extent in net.input_shape)}

    def generate():
        rng = np.random.default_rng(seed(net.name))
        for _ in range(SAMPLES):
            yield {name: rng.normal(0.3, 1.0, shape).astype(np.float32) for name, shape in shapes.items()}

    return generate


def converter(net: keras.Model | networks.Module):
    if isinstance(net, keras.Model):
        return tf.lite.TFLiteConverter.from_keras_model(net)
    return tf.lite.TFLiteConverter.from_concrete_functions([net.function()], net)


def convert(net, **settings) -> bytes:
    """A model in f32, unless the settings of the converter say otherwise."""
    this = converter(net)
    for setting, value in settings.items():
        assert hasattr(this, setting), setting
        setattr(this, setting, value)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return this.convert()


def quantized(net, dataset=None, **settings) -> bytes:
    """A model all of whose tensors are in int8, unless the settings say otherwise."""
    usual = {
        "optimizations": [tf.lite.Optimize.DEFAULT],
        "representative_dataset": dataset or samples(net),
        "target_spec": tf.lite.TargetSpec([tf.lite.OpsSet.TFLITE_BUILTINS_INT8]),
        "inference_input_type": tf.int8,
        "inference_output_type": tf.int8,
    }
    return convert(net, **{**usual, **settings})


# The models


def digits() -> None:
    """The network of `examples/digits`, calibrated on the images that it was trained on."""
    weights = load_file(DIGITS / "weights.safetensors")
    test_set = load_file(DIGITS / "test_set.safetensors")
    net = networks.digits(weights)
    images = test_set["images"].reshape(-1, 8, 8, 1)
    difference = np.abs(np.array([net(image[None]) for image in images]).reshape(-1, 10) - test_set["logits"]).max()
    assert difference < 1e-4, difference

    # The split of train_digits.py.
    data = load_digits()
    pixels = (data.images / 16.0).astype(np.float32)[..., None]
    training, rest = train_test_split(pixels, test_size=len(images), stratify=data.target, random_state=0)
    assert (rest == images).all()
    model = quantized(net, lambda: ([image[None]] for image in training))
    (DIGITS / "digits.tflite").write_bytes(model)
    # What `examples/quantize.rs` is calibrated on.
    (DIGITS / "calibration.safetensors").write_bytes(save({"images": training[:128].reshape(-1, 1, 8, 8)}))
    golden(model, FIXTURES / "digits.golden")

    reference = interpreter(model)
    (input,), (output,) = reference.get_input_details(), reference.get_output_details()
    scale, zero_point = input["quantization"]
    logits = []
    for image in images:
        # As QUANTIZE rounds: half away from zero; no pixel is negative.
        levels = np.floor(image[None] / np.float32(scale) + np.float32(0.5)) + zero_point
        reference.set_tensor(input["index"], levels.clip(-128, 127).astype(np.int8))
        reference.invoke()
        logits.append(reference.get_tensor(output["index"])[0])
    correct = (np.argmax(logits, axis=1) == test_set["labels"]).sum()
    print(f"digits: {correct} of {len(images)} test images right")
    (DIGITS / "logits_int8.safetensors").write_bytes(save({"logits": np.array(logits)}))


def random(net: keras.Model) -> keras.Model:
    return networks.randomise(net, np.random.default_rng(seed(net.name)))


def fixtures() -> None:
    def write(name: str, model: bytes, expect: Callable = golden) -> None:
        (FIXTURES / f"{name}.tflite").write_bytes(model)
        expect(model, FIXTURES / f"{name}.golden")
        print(f"{name}: {len(model)} B")

    for network in [networks.tiny, networks.ds_cnn, networks.mobilenet, networks.resnet, networks.open_batch]:
        write(network.__name__, quantized(random(network())))
    # One scale for all weights of a layer.
    one_scale = {"_experimental_disable_per_channel_quantization_for_dense_layers": True}
    write("autoencoder", quantized(random(networks.autoencoder()), **one_scale))
    for network in [networks.Activations, networks.Shapes]:
        name = network.__name__.lower()
        write(name, quantized(network(seed(name))))
    for network, output in [(networks.Streaming, tf.uint8), (networks.Causal, tf.int8)]:
        name = network.__name__.lower()
        net = network(seed(name))
        write(name, quantized(net, inference_output_type=output, _experimental_variable_quantization=True), streamed)
    for network in [networks.flattened, networks.strided]:
        write(network.__name__, convert(random(network())))
    write("recurrent", convert(networks.Recurrent(seed("recurrent"))), streamed)


def bad() -> None:
    """Files that are each wrong in one way, or of a kind that netcost does not run."""
    right = (FIXTURES / "tiny.tflite").read_bytes()

    def edited(edit: Callable) -> bytes:
        model = flatbuffer_utils.read_model_from_bytearray(bytearray(right))
        model.metadata = model.signatureDefs = None
        edit(model, model.subgraphs[0])
        return bytes(flatbuffer_utils.convert_object_to_bytearray(model))

    def operator(graph, index: int):
        """CONV_2D, RESHAPE, FULLY_CONNECTED."""
        return graph.operators[index]

    def weights(graph):
        return graph.tensors[operator(graph, 0).inputs[1]]

    def result(graph):
        return graph.tensors[operator(graph, 0).outputs[0]]

    def code(builtin: int, custom: str | None = None) -> Callable:
        def edit(model, graph):
            this = model.operatorCodes[operator(graph, 2).opcodeIndex]
            this.deprecatedBuiltinCode, this.builtinCode, this.customCode = min(builtin, 127), builtin, custom

        return edit

    def scale(value: float) -> Callable:
        return lambda model, graph: setattr(result(graph).quantization, "scale", [value])

    def option(name: str, value: int) -> Callable:
        return lambda model, graph: setattr(operator(graph, 0).builtinOptions, name, value)

    def channel_scales(model, graph):
        weights(graph).quantization.scale = [0.5, 0.25, 0.125]

    def channel_scale(model, graph):
        weights(graph).quantization.scale = [0.5, -0.25]

    def weight_zero_point(model, graph):
        weights(graph).quantization.zeroPoint = [0, 3]

    def zero_point(model, graph):
        result(graph).quantization.zeroPoint = [300]

    def not_quantized(model, graph):
        result(graph).quantization = None

    def uint8(model, graph):
        result(graph).type = schema.TensorType.UINT8

    def short_weights(model, graph):
        buffer = model.buffers[weights(graph).buffer]
        buffer.data = buffer.data[:-1]

    def missing_buffer(model, graph):
        weights(graph).buffer = 99

    def missing_tensor(model, graph):
        operator(graph, 0).inputs[0] = 99

    def missing_operand(model, graph):
        operator(graph, 0).inputs = operator(graph, 0).inputs[:1]

    def shape(model, graph):
        graph.tensors[operator(graph, 2).outputs[0]].shape = [1, 4]

    def open_extent(model, graph):
        result(graph).shape = [1, -1, 2, 2]

    def order(model, graph):
        graph.operators.reverse()

    def no_operators(model, graph):
        graph.operators = []

    def no_graph(model, graph):
        model.subgraphs = []

    wide = random(networks.wide())
    optimised = {"optimizations": [tf.lite.Optimize.DEFAULT]}
    int16 = tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
    files = {
        "empty": b"",
        "foreign": right[:4] + b"ONNX" + right[8:],
        "truncated": right[: len(right) // 2],
        "unknown_operator": edited(code(BUILTIN.CUMSUM)),
        "newer_operator": edited(code(9999)),
        "custom_operator": edited(code(BUILTIN.CUSTOM, "Mystery")),
        "hybrid": convert(wide, **optimised),
        "float16": convert(wide, **optimised, target_spec=tf.lite.TargetSpec(supported_types=[tf.float16])),
        "int16": quantized(
            wide,
            inference_input_type=tf.int16,
            inference_output_type=tf.int16,
            target_spec=tf.lite.TargetSpec([int16]),
        ),
        "batch": quantized(random(networks.tiny(batch=2))),
        "zero_scale": edited(scale(0.0)),
        "negative_scale": edited(scale(-0.5)),
        "nan_scale": edited(scale(float("nan"))),
        "infinite_scale": edited(scale(float("inf"))),
        "stride": edited(option("strideH", 0)),
        "dilation": edited(option("dilationWFactor", 0)),
        "activation": edited(option("fusedActivationFunction", schema.ActivationFunctionType.TANH)),
        "padding": edited(option("padding", 7)),
    }
    edits = [channel_scales, channel_scale, weight_zero_point, zero_point, not_quantized, uint8]
    edits += [short_weights, missing_buffer, missing_tensor, missing_operand]
    edits += [shape, open_extent, order, no_operators, no_graph]
    for name, content in {**files, **{edit.__name__: edited(edit) for edit in edits}}.items():
        (FIXTURES / "bad" / f"{name}.tflite").write_bytes(content)


def main() -> None:
    tf.config.experimental.enable_op_determinism()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    (FIXTURES / "bad").mkdir(parents=True, exist_ok=True)
    digits()
    fixtures()
    bad()


if __name__ == "__main__":
    main()
