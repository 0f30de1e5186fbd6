"""One file a model family; `RECIPES` names every network of the zoo."""
from zoo.recipes import myrtle, resnet18

RECIPES = {**resnet18.RECIPES, **myrtle.RECIPES}
