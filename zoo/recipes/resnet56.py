"""ResNet-56 with 16 filters in its first stage: three stages of nine blocks.

Source: He et al. 2016, section 4.2, with projection shortcuts; optimiser and augmentation as in resnet18.py, with a
peak rate of 0.1 and 20 epochs.

    python3 -m zoo.train resnet56-w16-s0
"""
from zoo.nets.resnet import ResNet
from zoo.recipe import Recipe

BLOCKS = [9, 9, 9]


def _recipe(**rest):
    return Recipe(
        architecture={"family": "resnet", "blocks": BLOCKS, "width": 16},
        build=lambda: ResNet(16, BLOCKS),
        source="zoo/recipes/resnet56.py",
        **rest,
    )


RECIPES = {
    f"resnet56-w16-s{seed}": _recipe(
        seed=seed,
        epochs=20,
        peak_rate=0.1,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.12,
    )
    for seed in (0, 1)
}

RECIPES["resnet56-w16-random"] = _recipe(
    seed=1000,
    epochs=0,
    summary="Never trained: random weights, running statistics measured on training images. A control.",
)
