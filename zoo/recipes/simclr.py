"""A 1x ResNet-18 that never saw a label: SimCLR on the trunk, then a linear classifier on its features.

Source: Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations", with the
augmentations of its appendix B.9 for CIFAR-10 (no blur), temperature 0.5, batch 256 and Adam. The classifier is fitted
on the features of the training images as they are.

    python3 -m zoo.train resnet18-w16-simclr

Reached, on an H100 that fifteen runs shared: 66.92 % correct in 230 s.
"""
from zoo.nets.resnet import ResNet
from zoo.objectives import SimClr, fit_linear_classifier
from zoo.recipe import Recipe, adamw

WIDTH = 16

RECIPES = {
    "resnet18-w16-simclr": Recipe(
        architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": WIDTH},
        build=lambda: ResNet(WIDTH),
        source="zoo/recipes/simclr.py",
        seed=60,
        epochs=40,
        objective=lambda: SimClr(8 * WIDTH),
        kind="otherwise",
        optimizer=adamw,
        finish=fit_linear_classifier,
        batch=256,
        peak_rate=2e-3,
        weight_decay=1e-4,
        summary="Trained without labels (SimCLR), then a linear classifier on top.",
        highest_test_error=0.35,
    )
}
