"""Which training images a network sees, and with which labels."""
from dataclasses import dataclass
from typing import Optional, Tuple

import torch

from zoo.cifar10 import CIFAR10
from zoo.data_set import DataSet

# CIFAR-10's classes 2 to 7 are bird, cat, deer, dog, frog and horse.
ANIMALS = (2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class TrainingData:
    """All training images with their own labels, unless a field says otherwise.

    `images`: only the first that many, in the data set's own order.
    `half`: (part, seed): one of the two halves, 0 or 1, of a random split.
    `random_labels`: (fraction, seed): that share of the images gets a label drawn uniformly from all
    ten classes (which may be its own), the same one in every epoch. Zhang et al. 2017.
    `animals`: labels are 0 for objects and 1 for animals.
    """

    source: DataSet = CIFAR10
    images: Optional[int] = None
    half: Optional[Tuple[int, int]] = None
    random_labels: Optional[Tuple[float, int]] = None
    animals: bool = False

    def load(self):
        """([n, c, h, w] bytes, [n] labels)."""
        x, y = self.source.load("train", self.images)
        if self.half is not None:
            part, seed = self.half
            order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
            chosen = order[part * len(y) // 2 : (part + 1) * len(y) // 2].sort().values
            x, y = x[chosen], y[chosen]
        if self.random_labels is not None:
            fraction, seed = self.random_labels
            generator = torch.Generator().manual_seed(seed)
            chosen = torch.randperm(len(y), generator=generator)[: round(fraction * len(y))]
            y[chosen] = torch.randint(0, 10, (len(chosen),), generator=generator)
        return x, self.target(y)

    def target(self, y):
        """What the network is to answer for CIFAR-10's labels; test labels go through it too."""
        return torch.isin(y, torch.tensor(ANIMALS)).long() if self.animals else y

    @property
    def kind(self):
        """What sets a network trained on it apart: other labels, fewer images, or nothing."""
        if self.random_labels is not None or self.animals:
            return "labels"
        return "usual" if self.half is None and self.images is None else "fewer"

    def __str__(self):
        if self.half is not None:
            part, seed = self.half
            return f"half {part} of the training images (25,000; split with seed {seed})"
        if self.random_labels is not None:
            fraction, seed = self.random_labels
            return f"all 50,000 training images, {fraction:.0%} with random labels (seed {seed})"
        if self.animals:
            return "all 50,000 training images, labelled object or animal"
        if self.images is not None:
            return f"the first {self.images:,} training images"
        return "all training images" if self.source is not CIFAR10 else "all 50,000 training images"
