"""ResNet-56 and ResNet-164 with 16 filters in the first stage: three stages of nine or 27 blocks.

Source: He et al. 2016, section 4.2 (6n + 2 layers), with projection shortcuts; optimiser and augmentation as in
resnet18.py, with a peak rate of 0.1 and 20 epochs.

    python3 -m zoo.train resnet56-w16-s0
    python3 -m zoo.train resnet56-w16-s1

    python3 -m zoo.train resnet164-w16-s0
    python3 -m zoo.train resnet164-w16-s1

Reached, on an H100 that fifteen runs shared: ResNet-56 s0 90.84 % correct in 287 s, s1 90.65 % in 288 s; on an H200
that two runs shared: ResNet-164 s0 91.20 % in 254 s, s1 90.84 % in 254 s.
"""
from zoo.nets.resnet import ResNet
from zoo.recipe import Recipe


def _recipe(depth, **rest):
    blocks = 3 * [(depth - 2) // 6]
    return Recipe(
        architecture={"family": "resnet", "blocks": blocks, "width": 16},
        build=lambda: ResNet(16, blocks),
        source="zoo/recipes/resnet56.py",
        **rest,
    )


RECIPES = {
    f"resnet{depth}-w16-s{seed}": _recipe(
        depth,
        seed=seed,
        epochs=20,
        peak_rate=0.1,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.12,
    )
    for depth in (56, 164)
    for seed in (0, 1)
}

RECIPES |= {
    f"resnet{depth}-w16-random": _recipe(
        depth,
        seed=1000,
        epochs=0,
        summary="Never trained: random weights, running statistics measured on training images. A control.",
    )
    for depth in (56, 164)
}
