"""One file a model family; `RECIPES` names every network of the zoo."""
from zoo.recipes import adversarial, fashion, myrtle, resnet18, resnet56, simclr, vit

RECIPES = {
    **resnet18.RECIPES,
    **simclr.RECIPES,
    **adversarial.RECIPES,
    **resnet56.RECIPES,
    **myrtle.RECIPES,
    **vit.RECIPES,
    **fashion.RECIPES,
}
