"""Exports torchvision's classification networks to ONNX, with values that a reader must reproduce.

    python3 -m zoo.exports FOLDER [NAME ...] [--narrow | --full]

For every network NAME.onnx (opset 13, any number of images) and NAME.reference.safetensors: four
images of noise, the logits of each, the cross-entropy of the labels 0, 1, 2 and 3, and after each block of at most
128 channels the gradient of that loss with respect to the weights and the bias of a stitch that is the identity.
Weights are drawn from a fixed seed, with running statistics as of a trained network, so that nothing is downloaded.
`--narrow` takes the small versions of
`zoo/narrow.py`, which tests/fixtures/onnx has. `--full` takes the networks as they are used, for 1,000 classes and images
of 224 pixels a side, without gradients: `bench/networks` measures them.
"""

import argparse
import pathlib
import warnings

import torch
import torch.nn.functional as F
from torchvision import models
from torchvision.models import regnet

from zoo import narrow, safetensors_file

NAMES = (
    "resnet18 resnet50 vgg11_bn densenet121 mobilenet_v2 mobilenet_v3_small efficientnet_b0 "
    "squeezenet1_1 shufflenet_v2_x1_0 regnet_y_400mf convnext_tiny vit_b_16 swin_t inception_v3 "
    "googlenet"
).split()

CLASSES = 10
IMAGES = 4
# The smallest sides at which every layer has something to do; VGG's pool must divide the map.
SIDES = {"inception_v3": 96, "vgg11_bn": 224}
SIDE = 64
FULL_CLASSES, FULL_SIDES, FULL_SIDE = 1000, {"inception_v3": 299}, 224
# The weights of a stitch of more would make most of a file.
STITCHED_CHANNELS = 128


def build(name, size):
    """Returns a network with seeded weights, in evaluation mode, and the side of its images."""
    torch.manual_seed(0)
    if size == "narrow":
        return seeded(narrow.NETWORKS[name]().eval()), narrow.SIDE
    full = size == "full"
    side = FULL_SIDES.get(name, FULL_SIDE) if full else SIDES.get(name, SIDE)
    options = {"num_classes": FULL_CLASSES if full else CLASSES}
    if name in ("inception_v3", "googlenet"):
        options |= {"aux_logits": False, "init_weights": True}
    if name == "vit_b_16":
        options |= {"image_size": side}
    return seeded(getattr(models, name)(**options).eval()), side


def seeded(network):
    """Gives a network running statistics, and weights where torchvision starts with zeros."""
    generator = torch.Generator().manual_seed(1)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            size = module.running_mean.shape
            module.running_mean.copy_(0.1 * torch.randn(size, generator=generator))
            module.running_var.copy_(0.5 + torch.rand(size, generator=generator))
    # torchvision starts ConvNeXt's layers at 1e-6 and vit's head at 0: nothing would pass.
    for key, parameter in network.named_parameters():
        if key.endswith("layer_scale"):
            torch.nn.init.constant_(parameter, 0.5)
        if key.startswith("heads.head"):
            parameter.data.normal_(std=0.05, generator=generator)
    return network


def blocks(network):
    """The members of a network's lists of modules, by name, without those inside a member."""
    for key, module in network.named_modules():
        is_list = type(module) is torch.nn.Sequential or isinstance(module, regnet.AnyStage)
        if is_list and key.count(".") < 2 and not key.startswith(("classifier", "head", "fc")):
            yield from ((f"{key}.{child}", part) for child, part in module.named_children())


def stitched(network):
    """Puts a stitch that changes nothing after every block; returns their weights and biases, which are filled as it runs."""
    stitches = {}

    def insert(key):
        def hook(_, __, output):
            if not torch.is_tensor(output) or output.dim() < 3:
                return None
            # Images are square: only where channels come last do the last two sizes differ.
            is_last = output.dim() == 3 or output.shape[-1] != output.shape[-2]
            channels = output.shape[-1 if is_last else 1]
            if channels > STITCHED_CHANNELS:
                return None
            weight = torch.eye(channels, requires_grad=True)
            bias = torch.zeros(channels, requires_grad=True)
            stitches[key] = weight, bias
            if is_last:
                return F.linear(output, weight, bias)
            return F.conv2d(output, weight[:, :, None, None], bias)

        return hook

    hooks = [module.register_forward_hook(insert(key)) for key, module in blocks(network)]
    return stitches, hooks


def reference(network, images, labels):
    """Returns logits, loss, and the gradients of a stitch after every block."""
    # In place, a module would change the output of the one before it.
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    stitches, hooks = stitched(network)
    logits = network(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    for hook in hooks:
        hook.remove()
    gradients = {}
    for key, (weight, bias) in stitches.items():
        gradients |= {f"{key}.weight_gradient": weight.grad, f"{key}.bias_gradient": bias.grad}
    return logits.detach(), loss.detach(), gradients


def write(name, folder, size):
    """Writes a network and its reference values."""
    network, side = build(name, size)
    generator = torch.Generator().manual_seed(2)
    images = torch.randn(IMAGES, 3, side, side, generator=generator)
    labels = torch.arange(IMAGES) % CLASSES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            images,
            str(folder / f"{name}.onnx"),
            opset_version=13,
            input_names=["images"],
            output_names=["logits"],
            dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}},
        )
    if size == "full":
        with torch.no_grad():
            logits, loss, gradients = network(images), torch.zeros(0), {}
    else:
        logits, loss, gradients = reference(network, images, labels)
    tensors = {"images": images, "logits": logits, "loss": loss.reshape(-1)}
    safetensors_file.save(
        folder / f"{name}.reference.safetensors",
        {key: value.detach().float().numpy() for key, value in (tensors | gradients).items()},
        {"parameters": str(sum(parameter.numel() for parameter in network.parameters()))},
    )
    print(name, f"{len(gradients) // 2} stitches", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*", default=NAMES)
    sizes = parser.add_mutually_exclusive_group()
    for size in ("narrow", "full"):
        sizes.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.names:
        write(name, arguments.folder, arguments.size)


if __name__ == "__main__":
    main()
