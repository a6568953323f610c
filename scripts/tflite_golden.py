"""What LiteRT's reference kernels compute from models of TensorFlow Lite; scripts/README.md describes the .golden files.

A module for `tflite_models.py`. As a script, it writes a .golden file beside each .tflite of a folder:

    python scripts/tflite_golden.py FOLDER
"""

import argparse
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

SEEDS = [1, 2, 3]
STREAMED_RUNS = 30

# Models of a folder that keep state: runs from the start, and runs from another start.
WORD_RUNS = 200
WORD_RUNS_AGAIN = 40
# How many sequences are tried for them, and the most runs for which an input stays.
WORD_TRIES = 200
WORD_HOLD = 12


def interpreter(model: bytes) -> Interpreter:
    reference = Interpreter(
        model_content=model,
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        experimental_preserve_all_tensors=True,
    )
    reference.allocate_tensors()
    return reference


def lcg(state: int, count: int) -> tuple[int, np.ndarray]:
    """The next numbers of a linear congruential generator: its top bytes, less 128."""
    values = np.empty(count, np.int8)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = (state >> 24) - 128
    return state, values


def fnv1a(content: bytes) -> int:
    """The 64-bit hash FNV-1a."""
    hash = 0xCBF29CE484222325
    for byte in content:
        hash = (hash ^ byte) * 0x100000001B3 % 2**64
    return hash


class Golden:
    """The text of a .golden file; scripts/README.md describes it."""

    def __init__(self, model: bytes):
        self.model = model
        self.reference = interpreter(model)
        self.inputs = self.reference.get_input_details()
        self.outputs = self.reference.get_output_details()
        types = {detail["index"]: detail["dtype"] for detail in self.reference.get_tensor_details()}
        quantized = {np.int8, np.uint8}
        # Operators that compute a shape or hold a variable make no tensor of values.
        self.steps = [
            (step["index"], step["op_name"], index)
            for step in self.reference._get_ops_details()
            for index in map(int, step["outputs"])
            if types[index] in quantized
        ]
        self.lines = [f"step {' '.join(map(str, step))}" for step in self.steps]
        unsigned = {detail["dtype"] == np.uint8 for detail in self.outputs}
        assert len(unsigned) == 1, "some outputs are unsigned, others are not"
        if True in unsigned:
            self.lines.append("unsigned")

    def keeps_state(self) -> bool:
        return any(step["op_name"] == "READ_VARIABLE" for step in self.reference._get_ops_details())

    def restart(self) -> None:
        """What is kept from run to run has its first value again."""
        self.reference = interpreter(self.model)
        self.lines.append("start")

    def run(self, label: str, values: list[np.ndarray]) -> None:
        for detail, value in zip(self.inputs, values, strict=True):
            if detail["dtype"] == np.float32:
                value = value.astype(np.float32) / 32
            value = value.astype(detail["dtype"]).reshape(detail["shape"])
            self.reference.set_tensor(detail["index"], value)
        self.reference.invoke()
        self.lines.append(f"run {label}")
        for detail in self.outputs:
            values = self.reference.get_tensor(detail["index"]).ravel()
            self.lines.append(f"output {' '.join(map(str, values))}")
        if self.steps:
            checks = [fnv1a(self.reference.get_tensor(index).tobytes()) for _, _, index in self.steps]
            self.lines.append(f"checks {' '.join(f'{check:016x}' for check in checks)}")

    def pseudorandom(self, seed: int) -> None:
        """Inputs from the generator, one after the other."""
        state, values = seed, []
        for detail in self.inputs:
            state, next = lcg(state, np.prod(detail["shape"]))
            values.append(next)
        self.run(f"lcg {seed}", values)

    def filled(self, fills: tuple[int, ...]) -> None:
        """Inputs each of one value."""
        shapes = [detail["shape"] for detail in self.inputs]
        self.run(f"fill {' '.join(map(str, fills))}", [np.full(*pair) for pair in zip(shapes, fills)])

    def write(self, path: Path) -> None:
        path.write_text("\n".join(self.lines) + "\n")


def golden(model: bytes, path: Path) -> None:
    """Inputs from the generator, then all of zeros, of the least and of the greatest values."""
    this = Golden(model)
    for seed in SEEDS:
        this.pseudorandom(seed)
    zeros = tuple(detail["quantization"][1] for detail in this.inputs)
    for fills in dict.fromkeys([zeros, *((extreme,) * len(zeros) for extreme in (-128, 127))]):
        this.filled(fills)
    this.write(path)


def streamed(model: bytes, path: Path) -> None:
    """One run after the other, and once more from the start."""
    this = Golden(model)
    for seed in range(1, STREAMED_RUNS + 1):
        if seed in (1, 2 * STREAMED_RUNS // 3 + 1):
            this.restart()
        this.pseudorandom(seed)
    this.write(path)


def words(model: bytes, path: Path) -> None:
    """Runs of a model that waits for a word, which noise never is: of many sequences, that with the most outputs."""

    def sequence(rng: np.random.Generator) -> list[tuple[str, int]]:
        runs = []
        while len(runs) < WORD_RUNS:
            run = ("filled", int(rng.integers(-128, 128)))
            if rng.random() < 0.4:
                run = ("pseudorandom", int(rng.integers(1, 1000)))
            runs += [run] * int(rng.integers(1, WORD_HOLD + 1))
        return runs[:WORD_RUNS]

    def record(this: Golden, runs: list[tuple[str, int]]) -> None:
        this.restart()
        for kind, number in runs:
            if kind == "filled":
                this.filled((number,) * len(this.inputs))
            else:
                this.pseudorandom(number)

    def outputs(attempt: int) -> int:
        this = Golden(model)
        this.steps = []
        record(this, sequence(np.random.default_rng(attempt)))
        return len({line for line in this.lines if line.startswith("output")})

    runs = sequence(np.random.default_rng(max(range(WORD_TRIES), key=outputs)))
    this = Golden(model)
    record(this, runs)
    record(this, runs[:WORD_RUNS_AGAIN])
    this.write(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for path in sorted(parser.parse_args().folder.glob("*.tflite")):
        model = path.read_bytes()
        write = words if Golden(model).keeps_state() else golden
        write(model, path.with_suffix(".golden"))
        print(path.with_suffix(".golden"))


if __name__ == "__main__":
    main()
