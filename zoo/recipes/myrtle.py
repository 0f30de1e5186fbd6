"""The five-layer CNN of the paper, with 16 filters in its first stage.

Source: Bansal, Nakkiran & Barak 2021, appendix ("Myrtle CNN"), after Nakkiran et al. 2020. Optimiser
and augmentation as in resnet18.py, 20 epochs.

    python3 -m zoo.train myrtle-w16-s0
    python3 -m zoo.train myrtle-w16-s1

Time and accuracy reached: see `training` of each model in public/zoo/manifest.json.
"""
from zoo.nets.myrtle import Myrtle
from zoo.recipe import Recipe

RECIPES = {
    f"myrtle-w16-s{seed}": Recipe(
        architecture={"family": "myrtle", "width": 16},
        build=Myrtle,
        source="zoo/recipes/myrtle.py",
        seed=seed,
        epochs=20,
        summary=f"Trained on all 50,000 images, seed {seed}.",
        highest_test_error=0.20,
    )
    for seed in (0, 1)
}
