"""Test error of a network that the lab trained: a file of `stitch train`, or one saved from the page.

    python3 -m zoo.trained network.safetensors
"""
import json
import sys
from pathlib import Path

from zoo import safetensors_file
from zoo.cifar10 import CIFAR10
from zoo.evaluate import test_error
from zoo.export import load_into
from zoo.fashion_mnist import FASHION_MNIST
from zoo.nets.myrtle import Myrtle
from zoo.nets.resnet import ResNet
from zoo.nets.vit import VisionTransformer
from zoo.training_data import TrainingData

SOURCES = {"cifar10": CIFAR10, "fashion-mnist": FASHION_MNIST}


def network_of(training, channels):
    """The network of a training's spec, for images of so many channels."""
    family, width, classes = training.get("family"), training["width"], training.get("classes", 10)
    if family == "vit":
        depth, heads, patch = (training[name] for name in ("depth", "heads", "patch"))
        return VisionTransformer(width, depth, heads, patch, classes)
    if family == "myrtle":
        return Myrtle(width, classes)
    return ResNet(width, training["blocks"], classes, channels)


def error_of(path):
    """The number of test images that the network gets wrong, and of all of them."""
    training = json.loads(safetensors_file.metadata(path)["training"])
    source = SOURCES[training.get("data", "cifar10")]
    x, _ = source.load("test")
    net = network_of(training, x.shape[1])
    load_into(net, safetensors_file.load(path))
    data = TrainingData(source=source, animals=training.get("classes") == 2)
    return round(test_error(net, data) * len(x)), len(x)


if __name__ == "__main__":
    for path in sys.argv[1:]:
        wrong, images = error_of(Path(path))
        print(f"{path}: {wrong} of {images} test images wrong")
