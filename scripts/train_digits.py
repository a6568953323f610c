"""Trains the network of `examples/digits` and stores PyTorch's outputs on its test set.

The images are scikit-learn's bundled handwritten digits: 1,797 images of 8x8 pixels, 0 to 16, from
"Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning
Repository (https://doi.org/10.24432/C50P49).

Writes into `examples/digits`:
  weights.safetensors    the state dict, f32, by the names of the nn.Sequential ("0.weight", ..)
  test_set.safetensors   images f32 [360, 1, 8, 8], labels u8 [360], logits f32 [360, 10]
"""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

SEED = 0
TEST_IMAGES = 360
EPOCHS = 40
BATCH = 64
PEAK_LEARNING_RATE = 1e-2
WEIGHTS_ORIGIN = f"scripts/train_digits.py, torch {torch.__version__.split('+')[0]}"
TEST_SET_ORIGIN = (
    "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, 1998, "
    "UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0, as bundled by scikit-learn"
)
FOLDER = Path(__file__).resolve().parent.parent / "examples" / "digits"


def network() -> nn.Sequential:
    """The network that `examples/digits` declares, layer for layer."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, bias=False),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


def dataset() -> list[torch.Tensor]:
    """Training images, test images, training labels, test labels; pixels scaled to 0..1."""
    digits = load_digits()
    images = (digits.images / 16.0).astype(np.float32)[:, None]
    parts = train_test_split(
        images,
        digits.target,
        test_size=TEST_IMAGES,
        stratify=digits.target,
        random_state=SEED,
    )
    return [torch.from_numpy(part) for part in parts]


def train(net: nn.Sequential, images: torch.Tensor, labels: torch.Tensor) -> None:
    """Trains for a fixed number of epochs: the test set selects neither the epoch nor any setting."""
    steps = EPOCHS * -(-len(images) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, total_steps=steps)
    net.train()
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(images)).split(BATCH):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()


def main() -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)

    train_images, test_images, train_labels, test_labels = dataset()
    net = network()
    train(net, train_images, train_labels)

    with torch.no_grad():
        logits = net(test_images)
    correct = int((logits.argmax(dim=1) == test_labels).sum())
    print(f"{correct} of {len(test_labels)} test images right: {correct / len(test_labels):.2%}")

    # The step counter of a batch norm takes no part in inference.
    state = {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    test_set = {"images": test_images, "labels": test_labels.to(torch.uint8), "logits": logits}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "weights.safetensors").write_bytes(save(state, {"origin": WEIGHTS_ORIGIN}))
    (FOLDER / "test_set.safetensors").write_bytes(save(test_set, {"origin": TEST_SET_ORIGIN}))


if __name__ == "__main__":
    main()
