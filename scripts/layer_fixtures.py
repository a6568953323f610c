"""Makes `tests/fixtures/layers/{family}.safetensors`: the outputs of PyTorch's layers, case by case.

Each case has `{case}/input` (`{case}/input0`, `{case}/input1`, .. if it takes several),
`{case}/output` and, under `{case}/state/`, its state dict, all f32 and without a batch axis. The
cases are declared in `layer_cases`, a module for each family; the network of each case is declared in
Rust in the module of the same name in `tests/layers`.

PyTorch computes in f64 on f32 inputs and weights, and the output is rounded to f32: a kernel is
compared with the exact result, and the files do not depend on the SIMD of the machine that makes them.

`python scripts/layer_fixtures.py [family..]`: all families, or the named ones.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import torch
from safetensors.numpy import save

import layer_cases

ORIGIN = f"scripts/layer_fixtures.py, torch {torch.__version__.split('+')[0]}"
FOLDER = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "layers"


def make(family: str) -> None:
    layer_cases.CASES.clear()
    importlib.import_module(f"layer_cases.{family}").declare()
    tensors = {key: tensor for name in layer_cases.CASES for key, tensor in layer_cases.tensors_of(name).items()}
    file = FOLDER / f"{family}.safetensors"
    file.write_bytes(save(tensors, {"origin": ORIGIN}))
    print(f"{family}: {len(layer_cases.CASES)} cases, {len(tensors)} tensors, {file.stat().st_size:,} bytes")


def main() -> None:
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for family in sys.argv[1:] or [module.name for module in pkgutil.iter_modules(layer_cases.__path__)]:
        make(family)


if __name__ == "__main__":
    main()
