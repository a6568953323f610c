"""Times int8 networks of .tflite files on one thread: netcost, LiteRT and tflite-micro, in rounds over all of them.

    NETCOST_MODELS=FOLDER cargo build --release -p netcost-models
    python benches/inference/int8.py FOLDER target/release/netcost-models

Prints microseconds of processor time an inference: the median of the rounds and, in parentheses, the least.
"""

import argparse
import statistics
import subprocess
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from tflite_micro.python.tflite_micro import runtime

TURN = 20_000_000  # nanoseconds
ROUNDS = 15


def pseudorandom(shape) -> np.ndarray:
    """The input that netcost times, too."""
    state, values = 1, np.empty(np.prod(shape), np.int8)
    for i in range(len(values)):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = (state >> 24) - 128
    return values.reshape(shape)


def timed(run: Callable) -> Callable[[int], int]:
    def time_of(count: int) -> int:
        rounds = range(count)
        start = time.process_time_ns()
        for _ in rounds:
            run()
        return time.process_time_ns() - start

    return time_of


def litert(path: Path, resolver: OpResolverType) -> Callable:
    interpreter = Interpreter(str(path), num_threads=1, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    input = interpreter.get_input_details()[0]
    data = pseudorandom(input["shape"])

    def run():
        interpreter.set_tensor(input["index"], data)
        interpreter.invoke()

    return timed(run)


def micro(path: Path) -> Callable:
    interpreter = runtime.Interpreter.from_file(str(path), arena_size=1 << 20)
    data = pseudorandom(interpreter.get_input_details(0)["shape"])

    def run():
        interpreter.set_input(data, 0)
        interpreter.invoke()

    return timed(run)


def engines(path: Path, netcost: subprocess.Popen) -> dict[str, Callable]:
    def ask(count: int) -> int:
        netcost.stdin.write(f"{path.stem} {count}\n")
        netcost.stdin.flush()
        return int(netcost.stdout.readline())

    return {
        "netcost": ask,
        f"LiteRT {version('ai-edge-litert')}, XNNPACK": litert(path, OpResolverType.BUILTIN),
        f"LiteRT {version('ai-edge-litert')}, builtin kernels": litert(
            path, OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        ),
        f"LiteRT {version('ai-edge-litert')}, reference kernels": litert(path, OpResolverType.BUILTIN_REF),
        f"tflite-micro {version('tflite-micro')}": micro(path),
    }


def measure(path: Path, netcost: subprocess.Popen) -> dict[str, str]:
    times = {}
    all = engines(path, netcost)
    # Turns are sized before the first round, which also warms everything up.
    counts = {}
    for name, engine in all.items():
        engine(1)
        counts[name] = 1 + TURN // max(engine(3) // 3, 1)
    for _ in range(ROUNDS):
        for name, engine in all.items():
            engine(1)
            times.setdefault(name, []).append(engine(counts[name]) / counts[name] / 1000)
    return {name: f"{statistics.median(rounds):.0f} ({min(rounds):.0f})" for name, rounds in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("netcost", help="the binary of examples/models, built for this folder")
    arguments = parser.parse_args()
    netcost = subprocess.Popen([arguments.netcost, "time"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    columns = {}
    for path in sorted(arguments.folder.glob("*.tflite")):
        if path.stem.endswith("f32"):
            continue
        try:
            columns[path.stem] = measure(path, netcost)
        except (RuntimeError, ValueError) as error:
            print(f"left out: {path.stem}: {error}")
    print(f"| engine | {' | '.join(columns)} |\n|:--|{'--:|' * len(columns)}")
    for engine in next(iter(columns.values())):
        print(f"| {engine} | {' | '.join(column[engine] for column in columns.values())} |")


if __name__ == "__main__":
    main()
