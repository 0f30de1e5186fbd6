"""ResNet-50 for CIFAR with 16 filters in its first stage: four stages of 3, 4, 6 and 3 bottlenecks.

Source: He et al. 2016, table 1, with the 3x3 stem of the paper's section 4.2; the stride of a bottleneck is that of its
3x3 convolution, as in torchvision. Optimiser and augmentation as in resnet18.py, with a peak rate of 0.1.

    python3 -m zoo.train resnet50-w16-s0
    python3 -m zoo.train resnet50-w16-s1
    python3 -m zoo.train resnet50-w16-random

Ten epochs, each of which takes a core four minutes or more: 86.4 % correct, where ResNet-18 and ResNet-56 of this width
reach 90 to 91 % in 20 to 30.
"""
from zoo.nets.resnet import ResNet
from zoo.recipe import Recipe

BLOCKS, WIDTH, EXPANSION = (3, 4, 6, 3), 16, 4


def _recipe(**rest):
    return Recipe(
        architecture={
            "family": "resnet",
            "blocks": list(BLOCKS),
            "width": WIDTH,
            "expansion": EXPANSION,
        },
        build=lambda: ResNet(WIDTH, BLOCKS, expansion=EXPANSION),
        source="zoo/recipes/resnet50.py",
        **rest,
    )


RECIPES = {
    f"resnet50-w16-s{seed}": _recipe(
        seed=seed,
        epochs=10,
        peak_rate=0.1,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.18,
    )
    for seed in (0, 1)
}

RECIPES["resnet50-w16-random"] = _recipe(
    seed=1000,
    epochs=0,
    summary="Never trained: random weights, running statistics measured on training images. A control.",
)
