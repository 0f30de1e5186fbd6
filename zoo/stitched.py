"""A stitched network that the page saved, in PyTorch.

    python3 -m zoo.stitched FILE [--images N]

tells its error on the first N test images of `public/data` (`npm run data`): that of the experiment's report.
"""
import argparse
import json
from pathlib import Path

import torch
from torch import nn

from zoo import cifar10, safetensors_file
from zoo.fixtures.networks import bottom, top
from zoo.nets.build import build


class Stitched(nn.Module):
    """The bottom's layers up to a tap, the stitch, and the top's layers after it."""

    def __init__(self, tap, below, stitch, above):
        super().__init__()
        self.tap, self.below, self.stitch, self.above = tap, below, stitch, above

    def forward(self, x):
        """[n, 3, 32, 32] to [n, classes] logits. Raises ValueError where the file lacked a tensor."""
        logits = top(self.above, self.stitch(bottom(self.below, x, self.tap)), self.tap)
        if logits.isnan().any():
            raise ValueError("stitched network: expected every tensor of both halves, found some missing")
        return logits


def load(path):
    """Reads a file into a `Stitched`, in evaluation mode. Raises ValueError for any other kind of file."""
    said, arrays = safetensors_file.metadata(path), safetensors_file.load(path)
    if said.get("kind") != "stitched network":
        raise ValueError(f"{path}: expected a stitched network, found {said.get('kind', 'no kind')}")
    tap = int(said["tap"])
    lower, upper = (json.loads(said[f"{half}_architecture"]) for half in ("bottom", "top"))
    if said["stitch"] == "folded into fc":
        # The last layer reads the bottom's representation: all of it is one network.
        lower = {**lower, "classes": upper.get("classes", 10)}
        net = _filled(lower, arrays)
        return Stitched(tap, net, nn.Identity(), net).eval()
    return Stitched(tap, _filled(lower, arrays), _stitch(arrays), _filled(upper, arrays)).eval()


def _filled(architecture, arrays):
    """With what fits of a file; everything else is NaN, so any use of it shows."""
    net = build(architecture)
    state = {
        name: torch.full_like(tensor, float("nan")) if tensor.is_floating_point() else tensor
        for name, tensor in net.state_dict().items()
    }
    for name, array in arrays.items():
        if name in state and tuple(state[name].shape) == array.shape:
            state[name] = torch.from_numpy(array).float()
    net.load_state_dict(state)
    return net


def _stitch(arrays):
    """A linear map of channels at every position or token, or a kernel after a BatchNorm."""
    tensors = {
        name[len("stitch.") :]: torch.from_numpy(array).float()
        for name, array in arrays.items()
        if name.startswith("stitch.")
    }
    if "1.weight" in tensors:
        target, source, side, _ = tensors["1.weight"].shape
        convolution = nn.Conv2d(source, target, side, padding=side // 2)
        layer = nn.Sequential(nn.BatchNorm2d(source), convolution)
        layer.load_state_dict(tensors, strict=False)
        return layer
    # Tokens are a map of one row here.
    target, source = tensors["weight"].shape[:2]
    layer = nn.Conv2d(source, target, 1)
    layer.load_state_dict({**tensors, "weight": tensors["weight"].reshape(target, source, 1, 1)})
    return layer


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--images", type=int, default=10_000)
    arguments = parser.parse_args()
    net = load(arguments.file)
    x, y = cifar10.load("test", arguments.images)
    wrong = 0
    for start in range(0, len(y), 500):
        logits = net(cifar10.normalised(x[start : start + 500]))
        wrong += (logits.argmax(1) != y[start : start + 500]).sum().item()
    print(f"{wrong} of {len(y)} test images wrong, {100 * wrong / len(y):.2f}%")


if __name__ == "__main__":
    main()
