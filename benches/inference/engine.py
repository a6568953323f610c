"""One engine with one network, driven line by line: engine.py ENGINE MODEL INPUT

INPUT is a file of float32. The first line out is `ok` and the engine's name and version, or `failed` and a reason.
`output` is answered by `ok` and the output's numbers, `time N` by `ok` and the nanoseconds of the processor, over all
threads, that N inferences took.
"""

import sys
import time

try:
    import numpy as np
except ImportError as error:
    print("failed", error, flush=True)
    sys.exit(1)


def onnxruntime(model, data):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    shape = session.get_inputs()[0].shape
    # Bound once, an inference is one call without conversions.
    binding = session.io_binding()
    binding.bind_ortvalue_input(session.get_inputs()[0].name, ort.OrtValue.ortvalue_from_numpy(data.reshape(shape)))
    binding.bind_output(session.get_outputs()[0].name)

    def run():
        session.run_with_iobinding(binding)

    def output():
        run()
        return binding.copy_outputs_to_cpu()[0]

    return f"ONNX Runtime {ort.__version__}", run, output


def litert(model, data, resolver, note):
    from importlib.metadata import version

    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(
        model, num_threads=1, experimental_op_resolver_type=OpResolverType[resolver]
    )
    interpreter.allocate_tensors()
    source, target = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    data = channels_last(data, source["shape"])

    def run():
        interpreter.set_tensor(source["index"], data)
        interpreter.invoke()

    def output():
        run()
        return interpreter.get_tensor(target["index"])

    return f"LiteRT {version('ai-edge-litert')}, {note}", run, output


def litert_builtin(model, data):
    return litert(model, data, "BUILTIN_WITHOUT_DEFAULT_DELEGATES", "builtin kernels")


def litert_xnnpack(model, data):
    return litert(model, data, "BUILTIN", "XNNPACK")


def tflite_micro(model, data):
    from importlib.metadata import version

    from tflite_micro.python.tflite_micro import runtime

    interpreter = runtime.Interpreter.from_file(model, arena_size=4 << 20)
    data = channels_last(data, interpreter.get_input_details(0)["shape"])

    def run():
        interpreter.set_input(data, 0)
        interpreter.invoke()

    def output():
        run()
        return interpreter.get_output(0)

    return f"tflite-micro {version('tflite-micro')}", run, output


def channels_last(data, shape):
    """The input, channel-first, as a model of this shape takes it."""
    if len(shape) == 4:
        _, height, width, channels = shape
        data = data.reshape(channels, height, width).transpose(1, 2, 0)
    return np.ascontiguousarray(data).reshape(shape)


def serve(run, output):
    for line in sys.stdin:
        order, *count = line.split()
        if order == "output":
            answer = " ".join(str(x) for x in np.asarray(output(), np.float32).ravel())
        else:
            rounds = range(int(count[0]))
            start = time.process_time_ns()
            for _ in rounds:
                run()
            answer = time.process_time_ns() - start
        print("ok", answer, flush=True)


ENGINES = {
    "onnxruntime": onnxruntime,
    "litert": litert_builtin,
    "litert-xnnpack": litert_xnnpack,
    "tflite-micro": tflite_micro,
}

if __name__ == "__main__":
    engine, model, data = sys.argv[1:]
    try:
        name, run, output = ENGINES[engine](model, np.fromfile(data, np.float32))
        run()
    except Exception as error:
        print("failed", " ".join(f"{type(error).__name__}: {error}".split()), flush=True)
        sys.exit(1)
    print("ok", name, flush=True)
    serve(run, output)
