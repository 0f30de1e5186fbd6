"""What a network is trained to do: a loss for a batch of images, and whatever has to be learnt for it besides.

Each is a module, so that its own parameters are trained and saved with the network's. `batch` makes every random
choice and returns tensors on the images' device; `loss` makes none, so that it can be recorded once and replayed.
"""
import functools
import pathlib

import torch
import torch.nn.functional as F
from torch import nn

from zoo import cifar10
from zoo.data_set import augmented
from zoo.augmentation import colour_jitter, cutout, grey, resized_crop


@functools.cache
def _has_avx512():
    """Asks the processor: PyTorch's own report leaves AVX-512 out on some that oneDNN multiplies bfloat16 on."""
    processor = pathlib.Path("/proc/cpuinfo")
    return processor.exists() and "avx512bw" in processor.read_text()


def _autocast(images):
    """bfloat16 on a GPU and on processors with AVX-512; others take twenty times as long over it."""
    fast = images.is_cuda or _has_avx512()
    return torch.autocast(images.device.type, dtype=torch.bfloat16, enabled=fast)


class Objective(nn.Module):
    """What all objectives share."""

    def begin_epoch(self, progress):
        """Told before each epoch, with the share of training done; most objectives stay the same throughout."""


class Supervised(Objective):
    """Cross-entropy on cropped and flipped images of `source`."""

    def __init__(self, source=cifar10.CIFAR10):
        super().__init__()
        self.source = source

    def trained(self, net):
        """The parameters to train."""
        return list(net.parameters())

    def batch(self, x, y, generator):
        """`x`: [n, c, h, w] bytes, `y`: [n] labels; returns what `loss` takes after the network."""
        return augmented(self.source.normalised(x), generator), y

    def loss(self, net, images, y):
        """The mean loss of a batch."""
        with _autocast(images):
            logits = net(images)
        return F.cross_entropy(logits.float(), y)


class Memorised(Supervised):
    """Cross-entropy on the images as they are: what random labels can be learnt with. Zhang et al. 2017."""

    def batch(self, x, y, generator):
        return cifar10.normalised(x), y


class StronglyAugmented(Supervised):
    """Also colour jitter at half strength and cutout, with labels smoothed by 0.1."""

    def batch(self, x, y, generator):
        coloured = colour_jitter(x.float() / 255, generator, strength=0.5)
        images = augmented(cifar10.normalised(255 * coloured), generator)
        return cutout(images, generator), y

    def loss(self, net, images, y):
        with _autocast(images):
            logits = net(images)
        return F.cross_entropy(logits.float(), y, label_smoothing=0.1)


class FastAdversarial(Supervised):
    """One step of the sign of the gradient from a start in twice the ball, not projected back.

    N-FGSM: de Jorge et al. 2022, "Make some noise: reliable and efficient single-step adversarial training", algorithm 1
    with k = 2. Projecting, as Wong, Rice & Kolter 2020 do, ended here as it often does, in catastrophic overfitting: 1.6 %
    correct under PGD. `radius` (l-infinity) in pixel values of [0, 1].
    """

    def __init__(self, radius=8 / 255):
        super().__init__()
        low, high, scale = cifar10.bounds()
        for name, value in {"low": low, "high": high, "radius": radius * scale}.items():
            self.register_buffer(name, value, persistent=False)

    def batch(self, x, y, generator):
        images, y = super().batch(x, y, generator)
        start = 2 * torch.rand(images.shape, generator=generator).to(x.device) - 1
        return images, y, start

    def loss(self, net, images, y, start):
        noisy = (images + 2 * self.radius * start).clamp(self.low, self.high).requires_grad_()
        with _autocast(images):
            loss = F.cross_entropy(net(noisy).float(), y)
        (gradient,) = torch.autograd.grad(loss, noisy)
        attacked = noisy.detach() + self.radius * gradient.sign()
        return super().loss(net, attacked.clamp(self.low, self.high), y)


def smaller_until(share, side=24, full=32):
    """Views of `side` pixels in that share of training, then of `full`.

    Three quarters of the side take half of the time. Howard 2018 (fast.ai's entry in DAWNBench) grows images so.
    """
    return lambda progress: side if progress < share else full


class SimClr(Objective):
    """NT-Xent between two views of each image, through a projection of two layers. Chen et al. 2020.

    Both layers are followed by BatchNorm and have no bias, as in `projection_head` of the authors' code
    (google-research/simclr, model_util.py). `side`: the views' side in pixels by the share of training done.
    """

    def __init__(self, features, hidden, temperature, side=lambda progress: 32):
        super().__init__()
        self.temperature = temperature
        self.side_at = side
        self.begin_epoch(0)
        self.projection = nn.Sequential(
            nn.Linear(features, hidden, bias=False),
            nn.BatchNorm1d(hidden),
            nn.ReLU(),
            nn.Linear(hidden, 128, bias=False),
            nn.BatchNorm1d(128, affine=False),
        )

    def begin_epoch(self, progress):
        self.side = self.side_at(progress)

    def trained(self, net):
        trunk = [value for name, value in net.named_parameters() if not name.startswith("fc.")]
        return [*trunk, *self.parameters()]

    def batch(self, x, _labels, generator):
        views = []
        for _ in range(2):
            view = resized_crop(x.float() / 255, generator, self.side)
            view = grey(colour_jitter(view, generator), generator)
            views.append(cifar10.normalised(255 * view))
        return (torch.cat(views),)

    def loss(self, net, views):
        with _autocast(views):
            projected = self.projection(net.features(views))
        z = F.normalize(projected.float())
        similarity = z @ z.t() / self.temperature
        similarity.fill_diagonal_(float("-inf"))
        images = len(views) // 2
        partner = torch.arange(len(views), device=views.device).roll(images)
        return F.cross_entropy(similarity, partner)


@torch.no_grad()
def _features(net, x):
    parts = [
        net.features(cifar10.normalised(x[start : start + 500]))
        for start in range(0, len(x), 500)
    ]
    return torch.cat(parts)


def fit_linear_classifier(net, x, y, steps=2000):
    """Fits `net.fc` on the frozen trunk's features of the images as they are (linear evaluation).

    Adam on standardised features, cosine to 0; the standardisation is folded into the layer.
    """
    net.eval()
    features = _features(net, x)
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    features = (features - mean) / deviation
    layer = nn.Linear(features.shape[1], net.fc.out_features).to(x.device)
    # From zero, so that the same trunk always gets the same classifier.
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.Adam(layer.parameters(), lr=1e-2, weight_decay=1e-5)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    generator = torch.Generator().manual_seed(0)
    for _ in range(steps):
        index = torch.randint(0, len(y), (1000,), generator=generator)
        loss = F.cross_entropy(layer(features[index]), y[index])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        weight = layer.weight / deviation
        net.fc.weight.copy_(weight)
        net.fc.bias.copy_(layer.bias - weight @ mean)
