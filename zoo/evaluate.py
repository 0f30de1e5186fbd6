"""Test error of a network."""
from dataclasses import dataclass

import torch
import torch.nn.functional as F



@torch.no_grad()
def test_error(net, data, device="cpu", images=None):
    """Fraction of the test images that `net` classifies wrongly, in evaluation mode, float32.

    Labels are clean, whatever `data` the network was trained on, but answer the same question.
    """
    x, y = data.source.load("test", images)
    y = data.target(y)
    net.eval()
    right = 0
    for start in range(0, len(y), 500):
        part = data.source.normalised(x[start : start + 500].to(device))
        right += (net(part).argmax(1).cpu() == y[start : start + 500]).sum().item()
    return 1 - right / len(y)


@dataclass(frozen=True)
class Attack:
    """Projected gradient descent in the l-infinity ball. Madry et al. 2018. Pixel values of [0, 1]."""

    radius: float = 8 / 255
    step: float = 2 / 255
    steps: int = 10

    def __str__(self):
        return (
            f"PGD, {self.steps} steps of {round(255 * self.step)}/255 from a random start, "
            f"l-infinity radius {round(255 * self.radius)}/255"
        )


def attacked_test_error(net, data, attack, device="cpu"):
    """Fraction of the test images that `net` classifies wrongly once they are attacked."""
    x, y = data.source.load("test")
    y = data.target(y)
    net.eval().requires_grad_(False)
    low, high, scale = (bound.to(device) for bound in data.source.bounds())
    radius, step = attack.radius * scale, attack.step * scale
    generator = torch.Generator().manual_seed(0)
    right = 0
    for start in range(0, len(y), 500):
        images = data.source.normalised(x[start : start + 500].to(device))
        labels = y[start : start + 500].to(device)
        delta = (2 * torch.rand(images.shape, generator=generator).to(device) - 1) * radius
        for _ in range(attack.steps):
            delta.requires_grad_()
            loss = F.cross_entropy(net((images + delta).clamp(low, high)), labels)
            (gradient,) = torch.autograd.grad(loss, delta)
            delta = (delta.detach() + step * gradient.sign()).clamp(-radius, radius)
        right += (net((images + delta).clamp(low, high)).argmax(1) == labels).sum().item()
    return 1 - right / len(y)
