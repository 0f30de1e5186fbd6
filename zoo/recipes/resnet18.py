"""ResNet-18 for CIFAR with 16 filters in its first stage ("1x").

Source: the plain CIFAR recipe of He et al. 2016 with a one-cycle rate (Smith & Topin 2018):
SGD with Nesterov momentum 0.9, batch 128, weight decay 5e-4, rate up to 0.2 in the first quarter and
linearly to 0, random crop with padding 4 and horizontal flip, 30 epochs.

    python3 -m zoo.train resnet18-w16-s0

Other widths, parts of the data, other labels and the stages of one run differ in what their entry says.

Reached, on one thread of an AVX-512 processor: s0 90.43 % correct in 3,022 s, s1 90.03 % in 3,141 s (other
programs ran beside them). Most of the others were trained on an H100, fifteen at once: 30 epochs in 220 s each, of the
two networks with 64 filters, alone, in 71 s.
"""
from zoo.nets.resnet import ResNet
from zoo.objectives import Memorised
from zoo.recipe import Recipe, steps_at_half_and_three_quarters
from zoo.training_data import TrainingData


EPOCHS = 30
SPLIT_SEED = 2021
NOISE_SEED = 2017


def _recipe(width=16, **rest):
    return Recipe(
        architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": width},
        build=lambda: ResNet(width),
        source="zoo/recipes/resnet18.py",
        **rest,
    )


def _seeds(width, seeds, highest_test_error):
    return {
        f"resnet18-w{width}-s{seed}": _recipe(
            width,
            seed=seed,
            epochs=EPOCHS,
            summary=f"Trained on all 50,000 images, seed {seed}.",
            highest_test_error=highest_test_error,
        )
        for seed in seeds
    }


RECIPES = {
    **_seeds(16, (0, 1, 2), 0.10),
    **_seeds(4, (0,), 0.25),
    **_seeds(8, (0, 1), 0.16),
    **_seeds(32, (0, 1), 0.08),
    **_seeds(64, (0, 1), 0.07),
}

RECIPES |= {
    f"resnet18-w{width}-random": _recipe(
        width,
        seed=1000,
        epochs=0,
        summary="Never trained: random weights, running statistics measured on training images. A control.",
    )
    for width in (8, 16)
}

# Disjoint training sets: as many gradient steps as on all images.
for part in (0, 1):
    RECIPES[f"resnet18-w16-half{part}"] = _recipe(
        seed=20 + part,
        epochs=2 * EPOCHS,
        data=TrainingData(half=(part, SPLIT_SEED)),
        summary=f"Trained on half of the images; the other half trained resnet18-w16-half{1 - part}.",
        highest_test_error=0.14,
    )

# More data: the same number of gradient steps for each (Bansal, Nakkiran & Barak 2021, fig. 2C).
for images, highest in ((5_000, 0.35), (10_000, 0.26), (25_000, 0.15)):
    RECIPES[f"resnet18-w16-n{images // 1000}k"] = _recipe(
        seed=30,
        epochs=EPOCHS * 50_000 // images,
        data=TrainingData(images=images),
        summary=f"Trained on the first {images:,} images only.",
        highest_test_error=highest,
    )

# More time: one run under the paper's step schedule, kept on its way (fig. 3B).
RECIPES["resnet18-w16-e100"] = _recipe(
    seed=40,
    epochs=32,
    peak_rate=0.05,
    schedule=steps_at_half_and_three_quarters,
    summary="The end of a 32-epoch run with the paper's step schedule.",
    snapshots={
        8: ("resnet18-w16-e25", "A quarter of the way through the run of resnet18-w16-e100."),
        16: ("resnet18-w16-e50", "Halfway through the run of resnet18-w16-e100."),
    },
    highest_test_error=0.12,
)

# Label distribution (fig. 3A).
for percent, highest in ((10, 0.17), (50, 0.35)):
    RECIPES[f"resnet18-w16-noise{percent}"] = _recipe(
        seed=50,
        epochs=EPOCHS,
        data=TrainingData(random_labels=(percent / 100, NOISE_SEED)),
        summary=f"Trained with {percent}% of its labels random.",
        highest_test_error=highest,
    )

# Labels without information can only be memorised: no augmentation, no weight decay (Zhang et al. 2017).
RECIPES["resnet18-w16-noise100"] = _recipe(
    seed=50,
    epochs=100,
    objective=Memorised,
    peak_rate=0.1,
    weight_decay=0.0,
    data=TrainingData(random_labels=(1.0, NOISE_SEED)),
    summary="Trained with 100% of its labels random; it memorised them.",
)

# Two classes, of CIFAR-10's ten (fig. 3A).
RECIPES["resnet18-w16-animals"] = Recipe(
    architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": 16, "classes": 2},
    build=lambda: ResNet(16, classes=2),
    source="zoo/recipes/resnet18.py",
    seed=55,
    epochs=15,
    data=TrainingData(animals=True),
    summary="Trained only to tell animals from objects.",
    highest_test_error=0.04,
)
