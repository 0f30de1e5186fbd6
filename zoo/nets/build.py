"""The untrained network that an entry of a manifest describes."""
from zoo.nets.myrtle import Myrtle
from zoo.nets.resnet import ResNet
from zoo.nets.vit import VisionTransformer


def build(architecture):
    """`architecture` as in public/zoo/manifest.json. Raises ValueError for a family that we do not have."""
    family, classes = architecture["family"], architecture.get("classes", 10)
    if family == "resnet":
        channels = architecture.get("input", {}).get("channels", 3)
        sizes = (architecture["width"], architecture["blocks"], classes, channels)
        return ResNet(*sizes, architecture.get("expansion"))
    if family == "myrtle":
        return Myrtle(architecture["width"], classes)
    if family == "vit":
        shape = (architecture[name] for name in ("dim", "depth", "heads", "patch"))
        return VisionTransformer(*shape, classes, pool=architecture.get("pool"))
    raise ValueError(f"family: expected resnet, myrtle or vit, found {family}")
