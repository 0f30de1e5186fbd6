"""What a network is trained to do: a loss for a batch of images, and whatever has to be learnt for it besides.

Each is a module, so that its own parameters are trained and saved with the network's.
"""
import torch
import torch.nn.functional as F
from torch import nn

from zoo import cifar10
from zoo.augmentation import colour_jitter, cutout, grey, resized_crop


class Supervised(nn.Module):
    """Cross-entropy on cropped and flipped images."""

    def trained(self, net):
        """The parameters to train."""
        return list(net.parameters())

    def forward(self, net, x, y, generator, device):
        """`x`: [n, 3, 32, 32] bytes, `y`: [n] labels; returns the mean loss."""
        images = cifar10.augmented(cifar10.normalised(x), generator).to(device)
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = net(images)
        return F.cross_entropy(logits.float(), y.to(device))


class StronglyAugmented(Supervised):
    """Also colour jitter at half strength and cutout, with labels smoothed by 0.1."""

    def forward(self, net, x, y, generator, device):
        coloured = colour_jitter(x.float() / 255, generator, strength=0.5)
        images = cifar10.augmented(cifar10.normalised(255 * coloured), generator)
        images = cutout(images, generator).to(device)
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = net(images)
        return F.cross_entropy(logits.float(), y.to(device), label_smoothing=0.1)


class FastAdversarial(Supervised):
    """One step of the sign of the gradient from a random start. Wong, Rice & Kolter 2020, algorithm 3.

    `radius` (l-infinity) and `step` in pixel values of [0, 1].
    """

    def __init__(self, radius=8 / 255, step=10 / 255):
        super().__init__()
        self.radius, self.step = radius, step

    def forward(self, net, x, y, generator, device):
        images = cifar10.augmented(cifar10.normalised(x), generator).to(device)
        y = y.to(device)
        low, high, scale = (bound.to(device) for bound in cifar10.bounds())
        radius, step = self.radius * scale, self.step * scale
        start = 2 * torch.rand(images.shape, generator=generator).to(device) - 1
        delta = (start * radius).requires_grad_()
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = F.cross_entropy(net(images + delta).float(), y)
        (gradient,) = torch.autograd.grad(loss, delta)
        delta = (delta.detach() + step * gradient.sign()).clamp(-radius, radius)
        attacked = (images + delta).clamp(low, high)
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = net(attacked)
        return F.cross_entropy(logits.float(), y)


class SimClr(nn.Module):
    """NT-Xent between two views of each image, through a projection of two layers. Chen et al. 2020."""

    def __init__(self, features, temperature=0.5):
        super().__init__()
        self.temperature = temperature
        self.projection = nn.Sequential(
            nn.Linear(features, features), nn.ReLU(), nn.Linear(features, 128)
        )

    def trained(self, net):
        trunk = [value for name, value in net.named_parameters() if not name.startswith("fc.")]
        return [*trunk, *self.parameters()]

    def forward(self, net, x, _labels, generator, device):
        views = []
        for _ in range(2):
            view = resized_crop(x.float() / 255, generator)
            view = grey(colour_jitter(view, generator), generator)
            views.append(cifar10.normalised(255 * view))
        with torch.autocast(device, dtype=torch.bfloat16):
            projected = self.projection(net.features(torch.cat(views).to(device)))
        z = F.normalize(projected.float())
        similarity = z @ z.t() / self.temperature
        similarity.fill_diagonal_(float("-inf"))
        n = len(x)
        partner = torch.arange(2 * n, device=device).roll(n)
        return F.cross_entropy(similarity, partner)


@torch.no_grad()
def _features(net, x, device):
    parts = [
        net.features(cifar10.normalised(x[start : start + 500].to(device))).cpu()
        for start in range(0, len(x), 500)
    ]
    return torch.cat(parts)


def fit_linear_classifier(net, x, y, device, steps=2000):
    """Fits `net.fc` on the frozen trunk's features of the images as they are (linear evaluation).

    Adam on standardised features, cosine to 0; the standardisation is folded into the layer.
    """
    net.eval()
    features = _features(net, x, device)
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    features = (features - mean) / deviation
    layer = nn.Linear(features.shape[1], net.fc.out_features)
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
