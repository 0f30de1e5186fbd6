"""A 1x ResNet-18 that never saw a label: SimCLR on the trunk, then a linear classifier on its features.

Sources:
- Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations", with the augmentations of
  its appendix B.9 for CIFAR-10 (no blur, colour distortion at half strength). The projection has BatchNorm, as in the
  authors' code (google-research/simclr).
- Temperature 0.2, batch 256 and a hidden layer four times as wide as the features, as in solo-learn's recipe for
  CIFAR-10 (da Costa et al. 2022; scripts/pretrain/cifar/simclr.yaml: 2048 for 512). Crops from scale 0.2.
- AdamW (Loshchilov & Hutter 2019) instead of LARS. At a constant rate the weights forget in 1 / (rate x decay) steps
  (Wang & Aitchison 2024, "How to set AdamW's weight decay as you scale model and dataset size"): 10,000, or 51 epochs.
  MoCo's demo on CIFAR-10 (He et al. 2020; SGD, rate 0.06, decay 5e-4, momentum 0.9, batch 512) has 34 epochs.

It is trained in legs. Each begins with the weights that the one before exported, with a projection and an optimizer of
its own, so that whoever has the repository can go on. In a leg the rate is constant and lowered in the last quarter;
what is evaluated and exported is a moving average of the last five epochs or so. Views have 24 x 24 pixels until the
last sixth of a leg, which takes half of the time. The classifier is fitted on the features of the training images as
they are, every ten epochs for the log. A leg that ends worse than the one before is not exported.

| leg | epochs | what was different | correct on test images |
| --- | --- | --- | --- |
| 1 | 40 | temperature 0.5, no BatchNorm in the projection | 66.9 % |
| 2 | 36 | as above | 71.9 % |
| 3 | 62 | as above | 75.2 %; not in the zoo yet |
| 4 | 60 | as above | not begun |

Train on one thread, and resume after the last finished epoch with the same command:

    OMP_NUM_THREADS=1 nice -n 19 python3 -m zoo.train resnet18-w16-simclr --runs FOLDER

Export the network of the last finished epoch, also while it trains:

    python3 -m zoo.train resnet18-w16-simclr --runs FOLDER --export

Or keep its weights for the next leg in zoo/legs, and leave the network of the zoo and its reports as they are:

    python3 -m zoo.train resnet18-w16-simclr --runs FOLDER --leg
"""
from zoo.nets.resnet import ResNet
from zoo.objectives import SimClr, fit_linear_classifier, smaller_until
from zoo.recipe import GoesOn, Recipe, adamw, constant_until_the_end

WIDTH, FEATURES = 16, 8 * 16
EPOCHS = 60
BEFORE = GoesOn(
    sha256="55e84ccea9d26120e0eb1002471e7e744955adde9d640df114fd2c2fd5323791",
    epochs=138,
    seconds=8425,
    hardware="NVIDIA H100 80GB HBM3, PyTorch 2.11.0+cu130, then 1 thread(s) of x86_64, PyTorch 1.13.0a0",
)

RECIPES = {
    "resnet18-w16-simclr": Recipe(
        architecture={"family": "resnet", "blocks": [2, 2, 2, 2], "width": WIDTH},
        build=lambda: ResNet(WIDTH),
        source="zoo/recipes/simclr.py",
        seed=122,
        epochs=EPOCHS,
        goes_on=BEFORE,
        objective=lambda: SimClr(FEATURES, 4 * FEATURES, temperature=0.2, side=smaller_until(5 / 6)),
        kind="otherwise",
        optimizer=adamw,
        finish=fit_linear_classifier,
        averaging=0.999,
        schedule=constant_until_the_end(warm_up=2 / EPOCHS, decay=1 / 4),
        batch=256,
        peak_rate=1e-3,
        weight_decay=0.1,
        summary="Trained without labels (SimCLR), then a linear classifier on top.",
        highest_test_error=0.33,
    )
}
