"""Turns a published PyTorch checkpoint into a safetensors file that Stitch Lab reads.

    python3 -m zoo.convert FILE [--head FILE] [--prefix PREFIX] [--image HEIGHTxWIDTH] [--heads N] [--half] [--out FILE]

FILE is a .pth or .pth.tar. Wrappers such as `state_dict`, `model` and `module.` are left out; where a file has several
networks, such as DINO's student and teacher, --prefix chooses one. Projection heads and everything else that is not
of the network are dropped, and named. --head is a linear head in a file of its own. A pickle may run any program when
it is loaded: files that need more than PyTorch's `weights_only=True` allows are refused.
"""
import argparse
import inspect
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import torch

from zoo import safetensors_file

# A parameter that each network of a kind has, and only once; what else is its own.
KINDS = {
    "layer1.0.conv1.weight": ("ResNet", re.compile(r"(conv|bn|layer)\d")),
    "blocks.0.attn.qkv.weight": (
        "Vision Transformer",
        re.compile(r"(cls_token|pos_embed|patch_embed|norm|blocks|fc_norm|head\.(weight|bias)$)"),
    ),
    "conv_proj.weight": ("Vision Transformer", re.compile(r"(class_token|conv_proj|encoder|heads)")),
}
LAST_LAYERS = {"ResNet": "fc", "Vision Transformer": "head"}
CLASSIFIERS = ("fc", "linear", "classifier", "head.fc")


class Refused(ValueError):
    """What the file is, what was expected, and what was found."""

    def __init__(self, file, expected, found):
        super().__init__(f"{file}: expected {expected}, found {found}")


def load(path):
    """Every tensor of a checkpoint by its path of names. Raises Refused for anything but plain weights."""
    if "weights_only" not in inspect.signature(torch.load).parameters:
        raise Refused(path, "PyTorch 1.13 or later, which loads weights without running code", torch.__version__)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise Refused(path, "a checkpoint", "no such file") from None
    except Exception as cause:
        # PyTorch's own text advises to load the file without the check.
        reason = str(cause).split("WeightsUnpickler error:")[-1].strip().splitlines() or [type(cause).__name__]
        # PyTorch 1.13 takes no floating-point numbers beside the tensors; 2.0 does.
        found = f"{reason[-1][:300]} (PyTorch {torch.__version__}; a newer one takes more)"
        raise Refused(path, "a checkpoint of weights alone (weights_only)", found) from cause
    return dict(_tensors(content))


def _tensors(content, path=()):
    """Tensors of nested dicts; optimisers number theirs, which are no names."""
    if torch.is_tensor(content):
        yield ".".join(path), content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if isinstance(key, str):
                yield from _tensors(value, (*path, key))


def network(tensors, file, prefix=None):
    """Returns the tensors of the only network, or that at `prefix`, by its own names, and the names of the others."""
    found = [
        (name[: -len(landmark)], kind)
        for landmark, kind in KINDS.items()
        for name in tensors
        if name == landmark or name.endswith(f".{landmark}")
    ]
    if prefix is not None:
        # "teacher" as well as "teacher.backbone."; an empty one is the network without a prefix.
        found = [each for each in found if each[0] == prefix or each[0].startswith(f"{prefix.rstrip('.')}.")]
    if len(found) != 1:
        names = ", ".join(start or "(no prefix)" for start, _ in found) or ", ".join(list(tensors)[:3]) or "no tensors"
        expected = "one network; choose with --prefix" if found else f"a network with {' or '.join(KINDS)}"
        raise Refused(file, expected, names)
    (start, (kind, own)) = found[0]
    kept, sources = {}, set()
    for name, tensor in tensors.items():
        rest = name[len(start) :]
        if name.startswith(start) and own.match(rest) and torch.is_floating_point(tensor):
            kept[rest] = tensor
            sources.add(name)
    if kind == "ResNet" and "encoder_q" not in start:
        for field, name in _classifier(tensors, start, file):
            kept[f"fc.{field}"] = tensors[name]
            sources.add(name)
    dropped = [name for name, tensor in tensors.items() if name not in sources and torch.is_floating_point(tensor)]
    return kept, kind, dropped


def _classifier(tensors, start, file):
    """Weight and bias of a linear layer in the network, or in a module around it."""
    parts = start.split(".")[:-1]
    around = [".".join([*parts[:depth], ""]) if depth else "" for depth in range(len(parts), -1, -1)]
    paths = [
        f"{outer}{name}" for outer in around for name in CLASSIFIERS
        if getattr(tensors.get(f"{outer}{name}.weight"), "ndim", 0) == 2
    ]
    own = [path for path in paths if path == f"{start}fc"] or paths
    if len(own) > 1:
        raise Refused(file, "one classifier", ", ".join(own))
    fields = (("weight", "bias") if f"{path}.bias" in tensors else ("weight",) for path in own)
    return [(field, f"{path}.{field}") for path, names in zip(own, fields) for field in names]


def linear_head(tensors, features, file, layer="fc"):
    """The only linear layer of a head's file, by the name `layer`. Raises Refused for any other head."""
    weights = {name: tensor for name, tensor in tensors.items() if torch.is_floating_point(tensor)}
    layers = [name for name in weights if name == "weight" or name.endswith(".weight")]
    path = layers[0][: -len("weight")] if layers else ""
    own = {f"{path}weight", f"{path}bias"}
    # Optimisers' and schedules' numbers are no layers.
    others = [name for name in weights if name not in own and not name.startswith(("optimizer.", "scheduler."))]
    if len(layers) != 1 or others:
        raise Refused(file, f"one linear layer of {features} features", ", ".join(list(weights)[:5]) or "none")
    weight = weights[f"{path}weight"]
    if weight.ndim != 2 or weight.shape[1] != features:
        raise Refused(f"{file}: {path}weight", f"[classes,{features}]", str(list(weight.shape)))
    bias = weights.get(f"{path}bias", torch.zeros(len(weight)))
    return {f"{layer}.weight": weight, f"{layer}.bias": bias}


def convert(arguments):
    """Writes the file. Returns lines that say what is in it and what was dropped."""
    state, kind, dropped = network(load(arguments.file), arguments.file, arguments.prefix)
    out = arguments.out or arguments.file.with_name(f"{arguments.file.name.split('.pth')[0]}.safetensors")
    if out.exists() and arguments.out is None:
        raise Refused(out, "a name that is free, or --out", "a file")
    layer = LAST_LAYERS[kind] if "conv_proj.weight" not in state else "heads.head"
    if arguments.head is not None:
        if f"{layer}.weight" in state:
            raise Refused(arguments.file, f"a {kind} without a head", f"{layer}.weight")
        state |= linear_head(load(arguments.head), _features(state), arguments.head, layer)
    if "fc.weight" in state and "fc.bias" not in state:
        state["fc.bias"] = torch.zeros(len(state["fc.weight"]))
    dtype = torch.float16 if arguments.half else torch.float32
    arrays = {name: tensor.to(dtype).contiguous().numpy() for name, tensor in state.items()}
    facts = {"image": arguments.image, "heads": arguments.heads and str(arguments.heads)}
    metadata = {"format": "pt", **{name: text for name, text in facts.items() if text}}
    safetensors_file.save(out, arrays, metadata)
    lines = [f"{out}: {kind}, {sum(array.size for array in arrays.values()):,} numbers"]
    lines += [f"dropped {module} ({count} tensors)" for module, count in _modules(dropped).items()]
    if f"{layer}.weight" not in state:
        lines.append(f"no classifier of {_features(state)} features: give one with --head, or fit one")
    return lines


def _features(state):
    """Channels of a ResNet's last block, numbers of a Vision Transformer's token."""
    for kernel in ("patch_embed.proj.weight", "conv_proj.weight"):
        if kernel in state:
            return state[kernel].shape[0]
    last = max((name for name in state if re.match(r"layer\d+\.0\.conv\d\.weight", name)), default="conv1.weight")
    return state[last].shape[0]


def _modules(names):
    """How many tensors each module has; of a layer in a list, the list's name."""
    counts = {}
    for name in names:
        module = re.sub(r"(\.\d+)*\.[^.]+$", "", name)
        counts[module] = counts.get(module, 0) + 1
    return counts


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--head", type=Path, help="a linear head in a file of its own")
    parser.add_argument("--prefix", help="which of several networks")
    parser.add_argument("--image", type=_image, help="HEIGHTxWIDTH of the images that the network reads")
    parser.add_argument("--heads", type=int, help="attention heads of a Vision Transformer, unless each has 64 numbers")
    parser.add_argument("--half", action="store_true", help="store float16")
    parser.add_argument("--out", type=Path)
    try:
        print("\n".join(convert(parser.parse_args(argv))))
    except Refused as refusal:
        sys.exit(str(refusal))


def _image(text):
    if not re.fullmatch(r"[1-9]\d{0,3}x[1-9]\d{0,3}", text):
        raise argparse.ArgumentTypeError(f"expected HEIGHTxWIDTH, such as 224x224, found {text}")
    return text


if __name__ == "__main__":
    main()
