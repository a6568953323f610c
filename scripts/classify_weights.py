"""Writes torchvision's weights of a network as safetensors, for `examples/classify`, and prints how torchvision
classifies an image.

    python scripts/classify_weights.py mobilenet_v2 weights.safetensors
    python scripts/classify_weights.py mobilenet_v2 weights.safetensors --image image.jpg

The weights are downloaded; `--seeded` makes random ones, whose results are meaningless but the same everywhere.
"""

import argparse

import torch
from networks import build
from safetensors.torch import save_file
from torchvision import models


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=["mobilenet_v2", "resnet18"])
    parser.add_argument("file", help="the file to write")
    parser.add_argument("--seeded", action="store_true", help="random weights, without a download")
    parser.add_argument("--image", help="an image to classify with torchvision's own transform")
    arguments = parser.parse_args()

    # The first version of either network's weights, which goes with the transform that resizes to 256.
    weights = models.get_model_weights(arguments.network).IMAGENET1K_V1
    if arguments.seeded:
        network, _ = build(arguments.network)
    else:
        network = models.get_model(arguments.network, weights=weights).eval()
    save_file(network.state_dict(), arguments.file)
    if arguments.image:
        from PIL import Image

        image = weights.transforms()(Image.open(arguments.image).convert("RGB"))
        with torch.inference_mode():
            logits = network(image[None])[0]
        probabilities = logits.softmax(0)
        for index in logits.argsort(descending=True)[:5]:
            name = weights.meta["categories"][index]
            print(f"{100 * probabilities[index]:6.2f} %  {name:<28} logit {logits[index]:.4f}")


if __name__ == "__main__":
    main()
