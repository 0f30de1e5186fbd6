"""What a recipe is: everything that decides a network's weights, in one value."""
from dataclasses import dataclass
from typing import Callable

from torch import nn


@dataclass(frozen=True)
class Recipe:
    """One network of the zoo.

    `architecture` goes into the manifest as it stands, `build` makes the untrained network,
    `source` is the recipe's file, `summary` is the plain sentence that the page shows.
    """

    architecture: dict
    build: Callable[[], nn.Module]
    source: str
    summary: str
    seed: int
    epochs: int
    batch: int = 128
    peak_rate: float = 0.2
    momentum: float = 0.9
    weight_decay: float = 5e-4
    # Held for control networks, which are never trained: images that measure running statistics.
    statistics_images: int = 10_000
    # A network that scores worse than this is not shipped.
    highest_test_error: float = 1.0


def rate_at(recipe, progress):
    """One-cycle rate at `progress` in [0, 1]: up to the peak in the first quarter, then linear to 0.

    Smith & Topin 2018, "Super-Convergence", in its piecewise linear form.
    """
    if progress < 0.25:
        return recipe.peak_rate * progress / 0.25
    return recipe.peak_rate * (1 - progress) / 0.75
