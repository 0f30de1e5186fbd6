"""Augmentations whose every choice comes from the generator they are given.

The generator is the CPU's, so that a seed means the same choices everywhere; the images are changed where they lie.
"""
import math

import torch
import torch.nn.functional as F

# Rows: luminance and the two chrominances of NTSC; hue is a rotation of the latter.
_YIQ = torch.tensor([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
_RGB = torch.linalg.inv(_YIQ)


def _uniform(n, low, high, generator, device):
    return (low + (high - low) * torch.rand(n, generator=generator)).to(device)


def resized_crop(x, generator, side, smallest=0.2):
    """A crop of `smallest` to all of the area, sides 3:4 to 4:3, as `side` x `side`; flipped half of the time.

    `x`: [n, c, h, w].
    """
    n = len(x)
    area = _uniform(n, smallest, 1.0, generator, "cpu")
    ratio = torch.exp(_uniform(n, math.log(3 / 4), math.log(4 / 3), generator, "cpu"))
    width, height = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    flip = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = width * flip, height
    theta[:, 0, 2] = (1 - width) * _uniform(n, -1, 1, generator, "cpu")
    theta[:, 1, 2] = (1 - height) * _uniform(n, -1, 1, generator, "cpu")
    grid = F.affine_grid(theta.to(x.device), [n, x.shape[1], side, side], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def colour_jitter(x, generator, strength=1.0, chance=0.8):
    """Brightness, contrast, saturation (each 0.4 x strength) and hue (0.1 x strength of the circle).

    `x`: [n, 3, h, w] in [0, 1]. Chen et al. 2020, "SimCLR", appendix A, with the hue turned in YIQ.
    """
    n = len(x)
    low, high = 1 - 0.4 * strength, 1 + 0.4 * strength
    factor = lambda: _uniform(n, low, high, generator, x.device).view(n, 1, 1, 1)  # noqa: E731
    y = (x * factor()).clamp(0, 1)
    mean = y.mean((1, 2, 3), keepdim=True)
    y = ((y - mean) * factor() + mean).clamp(0, 1)
    angle = _uniform(n, -0.1, 0.1, generator, x.device) * strength * 2 * math.pi
    saturation = factor().view(n)
    turn = torch.zeros(n, 3, 3, device=x.device)
    turn[:, 0, 0] = 1
    turn[:, 1, 1] = turn[:, 2, 2] = saturation * angle.cos()
    turn[:, 2, 1] = saturation * angle.sin()
    turn[:, 1, 2] = -turn[:, 2, 1]
    turn = _RGB.to(x.device) @ turn @ _YIQ.to(x.device)
    y = torch.einsum("nij,njhw->nihw", turn, y).clamp(0, 1)
    chosen = (torch.rand(n, generator=generator) < chance).to(x.device)
    return torch.where(chosen.view(n, 1, 1, 1), y, x)


def grey(x, generator, chance=0.2):
    """Luminance in all three channels of a share of the images."""
    luminance = torch.einsum("c,nchw->nhw", _YIQ[0].to(x.device), x)[:, None].expand_as(x)
    chosen = (torch.rand(len(x), generator=generator) < chance).to(x.device)
    return torch.where(chosen.view(-1, 1, 1, 1), luminance, x)


def cutout(x, generator, side=16):
    """A square of `side` pixels set to 0, its centre anywhere. DeVries & Taylor 2017."""
    n, _, h, w = x.shape
    row = torch.randint(0, h, (n, 1, 1), generator=generator).to(x.device)
    column = torch.randint(0, w, (n, 1, 1), generator=generator).to(x.device)
    rows = torch.arange(h, device=x.device).view(1, h, 1)
    columns = torch.arange(w, device=x.device).view(1, 1, w)
    inside = ((rows - row).abs() < side // 2) & ((columns - column).abs() < side // 2)
    return x.masked_fill(inside[:, None], 0.0)
