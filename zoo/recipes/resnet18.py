"""ResNet-18 for CIFAR with 16 filters in its first stage ("1x").

Source: the plain CIFAR recipe of He et al. 2016 with a one-cycle rate (Smith & Topin 2018):
SGD with Nesterov momentum 0.9, batch 128, weight decay 5e-4, rate up to 0.2 in the first quarter and
linearly to 0, random crop with padding 4 and horizontal flip, 30 epochs.

    python3 -m zoo.train resnet18-w16-s0
    python3 -m zoo.train resnet18-w16-s1
    python3 -m zoo.train resnet18-w16-random

Reached, on one thread of an AVX-512 processor: s0 90.43 % correct in 3,022 s, s1 90.03 % in 3,141 s (other
programs ran beside them).
"""
from zoo.nets.resnet import ResNet
from zoo.recipe import Recipe


def _recipe(width, **rest):
    return Recipe(
        architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": width},
        build=lambda: ResNet(width),
        source="zoo/recipes/resnet18.py",
        **rest,
    )


RECIPES = {
    f"resnet18-w16-s{seed}": _recipe(
        16,
        seed=seed,
        epochs=30,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.10,
    )
    for seed in (0, 1)
}

RECIPES["resnet18-w16-random"] = _recipe(
    16,
    seed=1000,
    epochs=0,
    summary="Never trained: random weights, running statistics measured on training images. A control.",
)
