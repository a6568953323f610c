"""Makes `examples/zoo/tests/networks.safetensors`: the outputs of the networks of `networks.py`, each under its name.

PyTorch computes in f64 on f32 inputs and weights, and the output is rounded to f32: the file does not depend on
the SIMD of the machine that makes it.
"""

from pathlib import Path

import torch
from safetensors.torch import save

from networks import INPUT_SEED, NETWORKS, SEED, build

ORIGIN = f"scripts/network_fixtures.py, torch {torch.__version__.split('+')[0]}"
FILE = Path(__file__).resolve().parent.parent / "examples" / "zoo" / "tests" / "networks.safetensors"


def answer(name: str) -> torch.Tensor:
    network, image = build(name)
    with torch.no_grad():
        rounded = network(image)[0]
        exact = network.double()(image.double())[0].float()
    error = (rounded - exact).abs().max() / exact.abs().max()
    print(f"{name}: f32 itself is {error:.1e} off")
    assert error < 1e-5, f"{name}: the tolerance would be no test"
    return exact


def main() -> None:
    torch.set_num_threads(1)
    outputs = {name: answer(name) for name in NETWORKS}
    origin = {"origin": ORIGIN, "weights": f"seed {SEED}", "input": f"seed {INPUT_SEED}"}
    FILE.write_bytes(save(outputs, origin))


if __name__ == "__main__":
    main()
