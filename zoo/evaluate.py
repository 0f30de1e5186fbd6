"""Test error of a network."""
import torch

from zoo import cifar10


@torch.no_grad()
def test_error(net, data, device="cpu", images=None):
    """Fraction of the test images that `net` classifies wrongly, in evaluation mode, float32.

    Labels are clean, whatever `data` the network was trained on, but answer the same question.
    """
    x, y = cifar10.load("test", images)
    y = data.target(y)
    net.eval()
    right = 0
    for start in range(0, len(y), 500):
        part = cifar10.normalised(x[start : start + 500].to(device))
        right += (net(part).argmax(1).cpu() == y[start : start + 500]).sum().item()
    return 1 - right / len(y)
