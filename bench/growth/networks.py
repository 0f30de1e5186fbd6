"""Untrained ResNet-18 networks, for times alone: a file a width.

    python3 -m bench.growth.networks FOLDER 4 8 16
"""
import sys
from pathlib import Path

import torch

from zoo import safetensors_file
from zoo.export import rounded
from zoo.nets.resnet import ResNet


def main():
    folder = Path(sys.argv[1])
    for width in map(int, sys.argv[2:]):
        torch.manual_seed(width)
        safetensors_file.save(folder / f"w{width}.safetensors", rounded(ResNet(width).state_dict()))


if __name__ == "__main__":
    main()
