"""The networks of `tflite_models.py`: small, with random weights, of every architecture that a file may have.

Normalisations have random statistics, so that folding them matters, and some channels of convolutions have weights of
zero, as those of pruned networks do.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def randomise(net: keras.Model, rng: np.random.Generator) -> keras.Model:
    """Gives all weights random values, and an eighth of the channels of convolutions zeros."""
    for layer in net.layers:
        depthwise = isinstance(layer, layers.DepthwiseConv2D)
        for weight in layer.weights:
            shape = tuple(weight.shape)
            if weight.name == "kernel":
                fan_in = np.prod(shape[:2] if depthwise else shape[:-1])
                value = rng.normal(0.0, np.sqrt(2 / fan_in), shape)
                if len(shape) == 4:
                    channels = value.reshape(-1, shape[2] * shape[3] if depthwise else shape[3])
                    count = channels.shape[1]
                    channels[:, rng.choice(count, count // 8, replace=False)] = 0.0
            elif weight.name in ("gamma", "moving_variance"):
                value = rng.uniform(0.5, 1.5, shape)
            else:
                value = rng.normal(0.0, 0.3, shape)
            weight.assign(value.astype(np.float32))
    return net


def normalised(x, layer, activation=None):
    """A layer without bias, its normalisation, and an activation."""
    x = layer(x)
    x = layers.BatchNormalization(name=f"{layer.name}_norm")(x)
    return activation(x) if activation else x


def conv(channels, kernel, name, strides=1, padding="same"):
    return layers.Conv2D(channels, kernel, strides, padding=padding, use_bias=False, name=name)


def depthwise(name, strides=1, padding="same"):
    return layers.DepthwiseConv2D(3, strides, padding=padding, use_bias=False, name=name)


def relu(name):
    return layers.ReLU(name=f"{name}_relu")


def relu6(name):
    return layers.ReLU(6.0, name=f"{name}_relu6")


def image(*shape):
    return layers.Input(shape, batch_size=1, name="input")


def classifier(x, classes):
    return layers.Dense(classes, activation="softmax", name="head")(x)


def digits(weights: dict[str, np.ndarray]) -> keras.Model:
    """The network of `examples/digits`, with PyTorch's weights in TensorFlow's layout."""
    x = inputs = image(8, 8, 1)
    for name, channels in [("conv1", 16), ("conv2", 32)]:
        x = conv(channels, 3, name)(x)
        x = layers.BatchNormalization(epsilon=1e-5, name=f"{name}_norm")(x)
        x = relu(name)(x)
        x = layers.MaxPooling2D(2, name=f"{name}_pool")(x)
    x = layers.Flatten(name="flatten")(x)
    net = keras.Model(inputs, layers.Dense(10, name="logits")(x), name="digits")

    norm = ["weight", "bias", "running_mean", "running_var"]
    for name, index in [("conv1", 0), ("conv2", 4)]:
        net.get_layer(name).set_weights([weights[f"{index}.weight"].transpose(2, 3, 1, 0)])
        net.get_layer(f"{name}_norm").set_weights([weights[f"{index + 1}.{part}"] for part in norm])
    # PyTorch flattens channel by channel, TensorFlow pixel by pixel.
    linear = weights["9.weight"].reshape(10, 32, 2, 2).transpose(2, 3, 1, 0).reshape(128, 10)
    net.get_layer("logits").set_weights([linear, weights["9.bias"]])
    return net


def tiny(batch=1) -> keras.Model:
    """What the files that are wrong in some way are made from."""
    inputs = layers.Input((5, 5, 1), batch_size=batch, name="input")
    x = layers.Conv2D(2, 3, 2, activation="relu", name="conv")(inputs)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, layers.Dense(3, name="linear")(x), name="tiny")


def ds_cnn() -> keras.Model:
    """Keyword spotting: depthwise separable convolutions after one of 10 x 4."""
    inputs = image(49, 10, 1)
    x = normalised(inputs, conv(16, (10, 4), "stem", strides=2), relu("stem"))
    for block in range(1, 5):
        x = normalised(x, depthwise(f"depthwise{block}"), relu(f"depthwise{block}"))
        x = normalised(x, conv(16, 1, f"pointwise{block}"), relu(f"pointwise{block}"))
    x = layers.AveragePooling2D((25, 5), name="pool")(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, classifier(x, 12), name="ds_cnn")


def mobilenet() -> keras.Model:
    """Images in colour: strides of 2, padded in PyTorch's way, Keras' and TensorFlow's; ReLU6; an inverted residual."""
    x = inputs = image(24, 24, 3)
    x = layers.ZeroPadding2D(1, name="stem_pad")(x)
    x = normalised(x, conv(8, 3, "stem", strides=2, padding="valid"), relu6("stem"))
    x = normalised(x, depthwise("depthwise1"), relu6("depthwise1"))
    x = normalised(x, conv(16, 1, "pointwise1"), relu6("pointwise1"))
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="depthwise2_pad")(x)
    x = normalised(x, depthwise("depthwise2", strides=2, padding="valid"), relu6("depthwise2"))
    x = shortcut = normalised(x, conv(16, 1, "pointwise2"))
    x = normalised(x, conv(32, 1, "expand3"), relu6("expand3"))
    x = normalised(x, depthwise("depthwise3"), relu6("depthwise3"))
    x = normalised(x, conv(16, 1, "project3"))
    x = layers.Add(name="add3")([shortcut, x])
    x = normalised(x, depthwise("depthwise4", strides=2), relu6("depthwise4"))
    x = normalised(x, conv(24, 1, "pointwise4"), relu6("pointwise4"))
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(inputs, classifier(x, 10), name="mobilenet")


def resnet() -> keras.Model:
    """Residual blocks, the second and third with a stride of 2 and a 1 x 1 convolution on the shortcut."""
    inputs = image(16, 16, 3)
    x = normalised(inputs, conv(8, 3, "stem"), relu("stem"))
    for block, channels, stride in [(1, 8, 1), (2, 12, 2), (3, 16, 2)]:
        shortcut = x
        x = normalised(x, conv(channels, 3, f"conv{block}a", strides=stride), relu(f"conv{block}a"))
        x = normalised(x, conv(channels, 3, f"conv{block}b"))
        if stride > 1:
            shortcut = conv(channels, 1, f"shortcut{block}", strides=stride)(shortcut)
        x = relu(f"add{block}")(layers.Add(name=f"add{block}")([shortcut, x]))
    x = layers.AveragePooling2D(4, name="pool")(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, classifier(x, 10), name="resnet")


def autoencoder() -> keras.Model:
    x = inputs = image(64)
    for layer, units in enumerate([32, 32, 8, 32], 1):
        x = normalised(x, layers.Dense(units, use_bias=False, name=f"dense{layer}"), relu(f"dense{layer}"))
    return keras.Model(inputs, layers.Dense(64, name="dense5")(x), name="autoencoder")


def wide() -> keras.Model:
    """With so many weights that they alone are quantized, where nothing else is."""
    inputs = image(33)
    return keras.Model(inputs, layers.Dense(32, name="linear")(inputs), name="wide")


def open_batch() -> keras.Model:
    """The batch is left open: what is reshaped has its shape computed, by SHAPE, STRIDED_SLICE and PACK."""
    x = inputs = layers.Input((24, 6), name="input")
    x = layers.Reshape((24, 1, 6), name="reshape")(x)
    x = layers.Conv2D(8, (5, 1), (2, 1), activation="relu", name="conv")(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, classifier(x, 5), name="open_batch")


def flattened() -> keras.Model:
    """In f32: a small network with a linear layer on pixels."""
    x = inputs = image(10, 10, 3)
    x = layers.Conv2D(6, 3, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(2, name="pool")(x)
    x = normalised(x, conv(8, 3, "conv2"), relu("conv2"))
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, classifier(x, 7), name="flattened")


def strided() -> keras.Model:
    """In f32: strides of 2 with padding SAME, on sides odd and even."""
    x = inputs = image(15, 12, 2)
    x = normalised(x, conv(6, 3, "conv1", strides=2), relu6("conv1"))
    x = normalised(x, depthwise("depthwise2", strides=2), relu6("depthwise2"))
    x = layers.Conv2D(8, 2, 2, padding="same", activation="tanh", name="conv3")(x)
    x = layers.AveragePooling2D(3, 1, padding="same", name="pool")(x)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(inputs, layers.Dense(4, name="head")(x), name="strided")


class Random:
    """Layers of modules, whose weights are random constants."""

    def __init__(self, rng: np.random.Generator):
        self.rng = rng

    def normal(self, *shape, deviation=0.3):
        return tf.constant(self.rng.normal(0.0, deviation, shape), tf.float32)

    def conv(self, x, channels, kernel, name, strides=1, padding="SAME", dilations=1, groups=1):
        weight = self.normal(*kernel, x.shape[-1] // groups, channels)
        y = tf.nn.conv2d(x, weight, strides, padding, dilations=dilations, name=name)
        return tf.nn.bias_add(y, self.normal(channels), name=f"{name}_bias")

    def depthwise(self, x, kernel, name, multiplier=1):
        weight = self.normal(*kernel, x.shape[-1], multiplier)
        y = tf.nn.depthwise_conv2d(x, weight, (1, 1, 1, 1), "VALID", name=name)
        return tf.nn.bias_add(y, self.normal(y.shape[-1]), name=f"{name}_bias")

    def linear(self, x, units, name):
        y = tf.matmul(x, self.normal(x.shape[-1], units), name=name)
        return tf.nn.bias_add(y, self.normal(units), name=f"{name}_bias")


class Module(tf.Module):
    """A network that is a function of TensorFlow, of inputs of these shapes."""

    SHAPES: list[tuple[int, ...]]

    def __init__(self, seed: list[int]):
        super().__init__()
        self.seed = seed
        self.states = self.start()

    def start(self) -> list[tf.Variable]:
        """What is kept from run to run."""
        return []

    def function(self):
        def run(*inputs):
            # Each trace draws the same weights.
            return self.run(Random(np.random.default_rng(self.seed)), *inputs)

        specs = [tf.TensorSpec(shape, tf.float32, f"input{i}") for i, shape in enumerate(self.SHAPES)]
        return tf.function(run, input_signature=specs, autograph=False).get_concrete_function()


class Activations(Module):
    """Functions of one value, a gate, pools, padding; convolutions dilated, in groups, and of several to a channel."""

    SHAPES = [(1, 12, 12, 4)]

    def run(self, layers: Random, x):
        branches = [
            tf.nn.leaky_relu(layers.conv(x, 4, (3, 3), "conv1"), 0.2, name="leaky_relu"),
            self.hard_swish(layers.conv(x, 4, (3, 3), "conv2")),
            tf.sigmoid(layers.conv(x, 4, (1, 1), "conv3"), name="logistic"),
            tf.tanh(layers.conv(x, 4, (3, 3), "conv4", dilations=2), name="tanh"),
        ]
        x = tf.concat(branches, 3, name="concat")
        x = tf.nn.max_pool2d(x, 3, 2, "SAME", name="max_pool")
        x = tf.pad(x, [[0, 0], [1, 1], [1, 0], [0, 0]], name="pad")
        x = layers.conv(x, 8, (3, 3), "conv5", strides=2, padding="VALID")
        alpha = layers.normal(1, 1, 8)
        # PRELU, as Keras writes it.
        x = tf.nn.relu(x) + -alpha * tf.nn.relu(-x)
        gate = tf.reduce_mean(x, [1, 2], keepdims=True, name="squeeze")
        gate = tf.sigmoid(layers.conv(gate, 8, (1, 1), "excite"), name="gate")
        x = tf.multiply(x, gate, name="gated")
        x = tf.subtract(x, layers.normal(1, 1, 1, 8), name="difference")
        pooled = tf.nn.avg_pool2d(x, 2, 1, "SAME", name="avg_pool")
        x = tf.clip_by_value(tf.add(x, pooled, name="sum"), -1.0, 1.0, name="clamp")
        x = layers.depthwise(x, (2, 2), "depthwise", multiplier=2)
        x = tf.nn.relu6(layers.conv(x, 6, (1, 1), "conv6", groups=2), name="relu6")
        return tf.reduce_mean(x, [1, 2], name="mean")

    @staticmethod
    def hard_swish(x):
        return tf.multiply(x, tf.nn.relu6(x + 3.0) * (1 / 6), name="hard_swish")


class Shapes(Module):
    """What moves values about, and two inputs and outputs."""

    SHAPES = [(1, 6, 6, 6), (1, 6, 6, 2)]

    def run(self, layers: Random, x, z):
        x = layers.conv(x, 6, (1, 1), "conv1")
        a, b, c = tf.split(x, 3, 3, name="split")
        a = tf.image.resize(a, (12, 12), "nearest", name="nearest")
        b = tf.raw_ops.ResizeBilinear(images=b, size=(12, 12), half_pixel_centers=True, name="bilinear")
        c = tf.raw_ops.ResizeBilinear(images=c, size=(12, 12), name="bilinear_from_corner")
        z = tf.nn.relu6(tf.transpose(z, (0, 2, 1, 3), name="swap"), name="relu6")
        z = tf.raw_ops.ResizeBilinear(images=z, size=(12, 12), align_corners=True, name="bilinear_aligned")
        x = tf.concat([a, b, c, z], 3, name="concat")
        x = layers.conv(x, 8, (3, 3), "conv2", strides=2)
        few, many = tf.split(x, [3, 5], 3, name="split_v")
        few = tf.slice(few, (0, 1, 2, 0), (1, 4, 4, 3), name="slice")
        few = tf.clip_by_value(tf.reduce_max(few, [1], name="max"), -1.0, 1.0, name="clamp")
        few = tf.concat([few, few[:, 1:3] * 0.5], 1, name="few")
        many = tf.strided_slice(many, (0, 0, 1, 0), (1, 6, 6, 5), (1, 2, 2, 1), name="strided_slice")
        many = tf.pad(many, [[0, 0], [1, 0], [0, 1], [0, 0]], constant_values=0.75, name="pad_v2")
        many = tf.nn.relu(tf.transpose(many, (0, 3, 1, 2), name="channels_first"), name="relu")
        many = tf.reduce_mean(many, [2], name="average")
        many = tf.reshape(many, (1, 4, 5), name="reshape")
        return few, many


class Streaming(Module):
    """Wake words from 3 frames a run: rings of past frames before convolutions along time, one of them mixed of two."""

    SHAPES = [(1, 3, 16)]
    RINGS = [(2, 16), (4, 4), (6, 4), (4, 8)]

    def start(self):
        rings = enumerate(self.RINGS, 1)
        return [tf.Variable(tf.zeros((1, frames, 1, channels)), name=f"ring{i}") for i, (frames, channels) in rings]

    def window(self, ring: int, x):
        """The frames kept, then the new ones; keeps the last."""
        state = self.states[ring]
        x = tf.concat([state, x], 1, name=f"window{ring + 1}")
        state.assign(x[:, -state.shape[1] :])
        return x

    def run(self, layers: Random, x):
        x = tf.reshape(x, (1, 3, 1, 16), name="frames")
        x = tf.nn.relu(layers.conv(self.window(0, x), 8, (5, 1), "conv1", strides=3, padding="VALID"), name="relu1")
        short, long = tf.split(x, 2, 3, name="split")
        short = layers.depthwise(self.window(1, short), (5, 1), "depthwise_short")
        long = layers.depthwise(self.window(2, long), (7, 1), "depthwise_long")
        x = tf.concat([short, long], 3, name="mixed")
        x = tf.nn.relu(layers.conv(x, 8, (1, 1), "pointwise"), name="relu2")
        x = tf.reshape(self.window(3, x), (1, 40), name="flatten")
        return tf.sigmoid(layers.linear(x, 1, "head"), name="probability")


class Causal(Module):
    """One frame a run: a dilated convolution whose result is added to the frame, and the mean of the last of these."""

    SHAPES = [(1, 8)]

    def start(self):
        return [tf.Variable(tf.zeros((1, frames, 1, 8)), name=name) for frames, name in [(4, "frames"), (3, "sums")]]

    def run(self, layers: Random, x):
        frames, sums = self.states
        x = tf.reshape(x, (1, 1, 1, 8), name="frame")
        window = tf.concat([frames, x], 1, name="window")
        frames.assign(window[:, 1:])
        y = layers.conv(window, 8, (3, 1), "conv", padding="VALID", dilations=(2, 1))
        y = tf.nn.relu(tf.add(y, x, name="sum"), name="relu")
        window = tf.concat([sums, y], 1, name="window_of_sums")
        sums.assign(window[:, 1:])
        y = tf.reduce_mean(window, [1, 2], name="mean")
        return layers.linear(y, 4, "head")


class Recurrent(Module):
    """In f32: a cell in whose state every input shows for ever."""

    SHAPES = [(1, 10)]

    def start(self):
        return [tf.Variable(tf.zeros((1, 12)), name="hidden")]

    def run(self, layers: Random, x):
        (state,) = self.states
        hidden = state.read_value()
        both = tf.concat([x, hidden], 1, name="both")
        update = tf.sigmoid(layers.linear(both, 12, "update"), name="update_gate")
        candidate = tf.tanh(layers.linear(both, 12, "candidate"), name="candidate_tanh")
        step = tf.multiply(update, tf.subtract(candidate, hidden, name="difference"), name="step")
        hidden = tf.add(hidden, step, name="next")
        state.assign(hidden)
        return layers.linear(hidden, 4, "head")
