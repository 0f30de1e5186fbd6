"""The five-layer CNN of the paper, with 16 filters in its first stage.

Source: Bansal, Nakkiran & Barak 2021, appendix ("Myrtle CNN"), after Nakkiran et al. 2020. Optimiser
and augmentation as in resnet18.py, 20 epochs.

    python3 -m zoo.train myrtle-w16-s0
    python3 -m zoo.train myrtle-w16-s1

Reached, on one thread of an AVX-512 processor: s0 86.19 % correct in 692 s, s1 85.53 % in 688 s.
"""
from zoo.nets.myrtle import Myrtle
from zoo.recipe import Recipe


def _recipe(**rest):
    return Recipe(
        architecture={"family": "myrtle", "width": 16},
        build=Myrtle,
        source="zoo/recipes/myrtle.py",
        **rest,
    )


RECIPES = {
    f"myrtle-w16-s{seed}": _recipe(
        seed=seed,
        epochs=20,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.20,
    )
    for seed in (0, 1)
}

RECIPES["myrtle-w16-random"] = _recipe(
    seed=1000,
    epochs=0,
    summary="Never trained: random weights, running statistics measured on training images. A control.",
)
