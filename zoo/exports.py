"""Exports torchvision's classification networks to ONNX, with values that a reader must reproduce.

    python3 -m zoo.exports FOLDER [--side N] [NAME ...]

For every network NAME.onnx (opset 13, any number of images) and NAME.reference.safetensors: four
images of noise, the logits of each, the cross-entropy of given labels, and after every module its
output's size and the gradient of that loss with respect to it. Weights are drawn from a fixed seed,
with running statistics as of a trained network, so that nothing is downloaded.
"""

import argparse
import pathlib
import warnings

import torch
from torchvision import models

from zoo import safetensors_file

NAMES = (
    "resnet18 resnet50 vgg11_bn densenet121 mobilenet_v2 mobilenet_v3_small efficientnet_b0 "
    "squeezenet1_1 shufflenet_v2_x1_0 regnet_y_400mf convnext_tiny vit_b_16 swin_t inception_v3 "
    "googlenet"
).split()

CLASSES = 10
IMAGES = 4


def build(name, side):
    """Returns a network with ten classes and seeded weights, in evaluation mode."""
    torch.manual_seed(0)
    options = {"num_classes": CLASSES}
    if name in ("inception_v3", "googlenet"):
        options |= {"aux_logits": False, "init_weights": True}
    if name == "vit_b_16":
        options |= {"image_size": side}
    network = getattr(models, name)(**options).eval()
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
            torch.nn.init.normal_(parameter, std=0.05, generator=generator)
    return network


def reference(network, images, labels):
    """Returns logits, loss, and the gradient of the loss after every module."""
    outputs = {}

    def remember(key):
        def hook(_, __, output):
            if torch.is_tensor(output) and output.requires_grad and key not in outputs:
                output.retain_grad()
                outputs[key] = output

        return hook

    hooks = [
        module.register_forward_hook(remember(key))
        for key, module in network.named_modules()
        if key
    ]
    # In place, a module would change the output of the one before it.
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    logits = network(images.clone().requires_grad_(True))
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    for hook in hooks:
        hook.remove()
    gradients = {
        f"gradient.{key}": output.grad for key, output in outputs.items() if output.grad is not None
    }
    return logits.detach(), loss.detach(), gradients


def write(name, folder, side):
    """Writes a network and its reference values."""
    network = build(name, side)
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
    logits, loss, gradients = reference(network, images, labels)
    tensors = {"images": images, "logits": logits, "loss": loss.reshape(1)}
    safetensors_file.save(
        folder / f"{name}.reference.safetensors",
        {key: value.detach().float().numpy() for key, value in (tensors | gradients).items()},
    )
    print(name, f"{len(gradients)} gradients", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--side", type=int, default=64)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.names:
        # Inception's pools need 75 pixels.
        side = max(arguments.side, 96) if name == "inception_v3" else arguments.side
        write(name, arguments.folder, side)


if __name__ == "__main__":
    main()
