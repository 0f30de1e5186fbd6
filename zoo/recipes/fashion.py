"""ResNet-8 of 8 filters for Fashion-MNIST: one block in each of three stages, on 28x28 grey images.

Source: He et al. 2016, the CIFAR variant, with one channel. Optimiser and augmentation as in resnet18.py.

    npm run data -- fashion-mnist FOLDER
    python3 -m zoo.train fashion-resnet8-w8-s0
    python3 -m zoo.train fashion-resnet8-w8-s1
    python3 -m zoo.train fashion-resnet8-w8-random

Reached, on one thread of a busy machine: s0 90.6 % correct in 548 s, s1 90.5 % in 466 s.
"""
from zoo.fashion_mnist import FASHION_MNIST
from zoo.nets.resnet import ResNet
from zoo.objectives import Supervised
from zoo.recipe import Recipe
from zoo.training_data import TrainingData

BLOCKS = (1, 1, 1)


def _recipe(**rest):
    return Recipe(
        architecture={
            "family": "resnet",
            "blocks": list(BLOCKS),
            "width": 8,
            "input": {"height": 28, "width": 28, "channels": 1},
        },
        build=lambda: ResNet(8, BLOCKS, channels=1),
        source="zoo/recipes/fashion.py",
        data=TrainingData(source=FASHION_MNIST),
        objective=lambda: Supervised(FASHION_MNIST),
        **rest,
    )


RECIPES = {
    f"fashion-resnet8-w8-s{seed}": _recipe(
        seed=seed,
        epochs=10,
        summary=f"Trained on Fashion-MNIST, all 60,000 images, seed {seed}.",
        highest_test_error=0.10,
    )
    for seed in (0, 1)
}

RECIPES["fashion-resnet8-w8-random"] = _recipe(
    seed=1000,
    epochs=0,
    summary="Never trained, for Fashion-MNIST: random weights, running statistics measured on training images. A control.",
)
