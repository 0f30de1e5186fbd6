"""What a recipe is: everything that decides a network's weights, in one value."""
from dataclasses import dataclass, field
from typing import Callable, Optional

import torch
from torch import nn

from zoo.evaluate import Attack
from zoo.objectives import Supervised
from zoo.training_data import TrainingData


def one_cycle(progress):
    """Up to the peak in the first quarter, then linear to 0.

    Smith & Topin 2018, "Super-Convergence", in its piecewise linear form.
    """
    return progress / 0.25 if progress < 0.25 else (1 - progress) / 0.75


def steps_at_half_and_three_quarters(progress):
    """A fifth at a half and again at three quarters. Bansal, Nakkiran & Barak 2021, appendix."""
    return 1.0 if progress < 0.5 else 0.2 if progress < 0.75 else 0.04


def constant_until_the_end(warm_up, decay):
    """A schedule: up to the peak in the first share, constant, linear to 0 in the last share.

    Hägele et al. 2024, "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations".
    """
    return lambda progress: min(progress / warm_up, 1.0, (1 - progress) / decay)


def sgd(parameters, recipe):
    """Nesterov momentum."""
    return torch.optim.SGD(
        parameters,
        lr=0.0,
        momentum=recipe.momentum,
        weight_decay=recipe.weight_decay,
        nesterov=True,
        **_fused(parameters),
    )


def adamw(parameters, recipe):
    """Loshchilov & Hutter 2019, with decay on matrices and kernels alone."""
    matrices = [parameter for parameter in parameters if parameter.ndim > 1]
    vectors = [parameter for parameter in parameters if parameter.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": recipe.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=0.0, **_fused(parameters))


def _fused(parameters):
    """One kernel for all parameters where they lie on a GPU; there PyTorch 2.3 or later is needed."""
    return {"fused": True} if parameters[0].is_cuda else {}


@dataclass(frozen=True)
class GoesOn:
    """Training that begins with earlier weights, and what those had cost.

    They are those of the network that the zoo has, or of a leg after it that is not exported yet, in zoo/legs.
    """

    sha256: str
    epochs: int
    seconds: int
    hardware: str


@dataclass(frozen=True)
class Recipe:
    """One network of the zoo.

    `architecture` goes into the manifest unchanged, `build` makes the untrained network,
    `source` is the recipe's file, `summary` is the plain sentence that the page shows.
    """

    architecture: dict
    build: Callable[[], nn.Module]
    source: str
    summary: str
    seed: int
    epochs: int
    # Begins with exported weights instead of those that the seed gives.
    goes_on: Optional[GoesOn] = None
    # Which images with which labels.
    data: TrainingData = field(default_factory=TrainingData)
    # Makes the module that computes the loss (zoo/objectives.py).
    objective: Callable[[], nn.Module] = Supervised
    optimizer: Callable = sgd
    # "otherwise" where the network learns from more than labelled images; by default `training_kind` decides.
    kind: Optional[str] = None
    # Called at the end with (net, images, labels): what is fitted on the trained network.
    finish: Optional[Callable] = None
    # What is evaluated and exported is a moving average of weights and statistics with this decay a step.
    averaging: Optional[float] = None
    # Also measured: the error under an attack.
    attack: Optional[Attack] = None
    # Rate as a share of the peak, by the share of training done.
    schedule: Callable[[float], float] = one_cycle
    # Also exported on the way: by the epochs done, the id and summary of the network at that point.
    snapshots: dict = field(default_factory=dict)
    batch: int = 128
    peak_rate: float = 0.2
    momentum: float = 0.9
    weight_decay: float = 5e-4
    # Held for control networks, which are never trained: images that measure running statistics.
    statistics_images: int = 10_000
    # A network that scores worse than these is not shipped.
    highest_test_error: float = 1.0
    highest_attacked_error: float = 1.0

    @property
    def training_kind(self):
        """The group in which the page's search lists the network; see src/core/weights/manifest.ts."""
        if self.kind is not None:
            return self.kind
        if self.epochs == 0:
            return "untrained"
        return self.data.kind
