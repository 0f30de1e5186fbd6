"""A 1x ResNet-18 trained on attacked images.

Source: de Jorge et al. 2022, "Make some noise": one signed gradient step of 8/255 from a random start within 16/255,
not projected back; 15 epochs of a one-cycle rate as in Wong, Rice & Kolter 2020, "Fast is better than free". Clean and
attacked test errors are both recorded.

    python3 -m zoo.train resnet18-w16-adv

Reached, on an H100 shared with other programs: 67.74 % correct, 40.93 % under attack, in 61 s.
"""
from zoo.evaluate import Attack
from zoo.nets.resnet import ResNet
from zoo.objectives import FastAdversarial
from zoo.recipe import Recipe

RECIPES = {
    "resnet18-w16-adv": Recipe(
        architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": 16},
        build=ResNet,
        source="zoo/recipes/adversarial.py",
        seed=70,
        epochs=15,
        objective=FastAdversarial,
        kind="otherwise",
        attack=Attack(),
        summary="Adversarially trained (fast single-step, 8/255): small changes to an image mislead it less.",
        highest_test_error=0.45,
        highest_attacked_error=0.75,
    )
}
