"""Writes what bench/imagenet/imagenet.ts runs on: two untrained ResNet-50 and a folder of images of 224 x 224 pixels.

    python3 -m bench.imagenet.inputs FOLDER [--images 256] [--networks 2]

The networks have torchvision's parameters. Their weights are random; their BatchNorms have the statistics of the
images, so that activations are of a usual size. The images are the first of each of CIFAR-10's classes, enlarged, in a
folder for each class; a fifth of each class is the test split, as for any folder.
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torchvision
from PIL import Image

from zoo import cifar10, safetensors_file

SIDE = 224
CLASSES = 10
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def write_images(folder, count):
    """Writes the images as PNG files. Returns those of the first batch, normalised, [n, 3, h, w]."""
    images, labels = cifar10.load("train", 2_000 + 20 * count)
    by_class = [np.flatnonzero(np.asarray(labels) == each) for each in range(CLASSES)]
    first = []
    for number in range(count):
        index = by_class[number % CLASSES][number // CLASSES]
        image = Image.fromarray(images[index].permute(1, 2, 0).numpy()).resize((SIDE, SIDE), Image.BICUBIC)
        path = folder / f"class-{int(labels[index])}" / f"{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path)
        if index < 64:
            first.append(np.asarray(image, np.float32) / 255)
    batch = (np.stack(first) - MEAN) / DEVIATION
    return torch.tensor(batch.transpose(0, 3, 1, 2), dtype=torch.float32)


def network(seed, batch):
    """An untrained ResNet-50 whose running statistics are those of a batch."""
    torch.manual_seed(seed)
    model = torchvision.models.resnet50(weights=None, num_classes=CLASSES)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
    model.train()
    with torch.no_grad():
        for part in batch.split(16):
            model(part)
    return model.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=256)
    parser.add_argument("--networks", type=int, default=2)
    options = parser.parse_args()
    batch = write_images(options.folder / "images", options.images)
    for seed in range(options.networks):
        state = network(seed, batch).state_dict()
        tensors = {name: value.numpy() for name, value in state.items() if "num_batches" not in name}
        safetensors_file.save(options.folder / f"resnet50-{seed}.safetensors", tensors)


if __name__ == "__main__":
    main()
