"""Exports a trained network: float16 safetensors and its entry in public/zoo/manifest.json."""
import fcntl
import hashlib
import json

import numpy as np
import torch

from zoo import safetensors_file
from zoo.cifar10 import CIFAR10
from zoo.data_set import ROOT
from zoo.evaluate import attacked_test_error, test_error

FOLDER = ROOT / "public" / "zoo"
# Weights that a longer training goes on from, where the zoo still has those of the leg before.
LEGS = ROOT / "zoo" / "legs"


def rounded(state):
    """The state as float16 arrays, without `num_batches_tracked`, which no forward pass reads."""
    arrays = {}
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        array = tensor.cpu().contiguous().numpy().astype(np.float16)
        if not np.isfinite(array).all():
            raise ValueError(f"{name}: expected values within float16, found one beyond 65504")
        arrays[name] = array
    return arrays


def metadata_of(architecture):
    """What no tensor's shape tells, for a file's `__metadata__`: texts by name, or None."""
    metadata = {}
    if "heads" in architecture:
        metadata["heads"] = str(architecture["heads"])
    if "input" in architecture:
        metadata["image"] = "{height}x{width}".format(**architecture["input"])
    return metadata or None


def load_into(net, arrays):
    """Copies arrays into `net` as float32; every parameter and statistic must be there."""
    state = {name: torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()}
    missing, unexpected = net.load_state_dict(state, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"expected {missing}, found {unexpected}")
    return net


def exported(net, sha256):
    """`net` with the weights of the file with that SHA-256, of the zoo or of a leg.

    Raises FileNotFoundError when no file has it: an older version of one is in the history.
    """
    for path in sorted([*FOLDER.glob("*.safetensors"), *LEGS.glob("*.safetensors")]):
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return load_into(net, safetensors_file.load(path))
    raise FileNotFoundError(f"{FOLDER}: expected a file with SHA-256 {sha256}, found none")


def export(model_id, recipe, net, training, device="cpu"):
    """Writes the file and its entry; the test error is measured after rounding.

    Raises ValueError when the network is worse than its recipe promises.
    """
    arrays = rounded(net.state_dict())
    net = load_into(recipe.build(), arrays).to(device)
    error = test_error(net, recipe.data, device)
    if error > recipe.highest_test_error:
        raise ValueError(
            f"{model_id}: expected test error {recipe.highest_test_error} or lower, found {error}"
        )
    robust = {}
    if recipe.attack is not None:
        attacked = attacked_test_error(net, recipe.data, recipe.attack, device)
        if attacked > recipe.highest_attacked_error:
            raise ValueError(
                f"{model_id}: expected attacked error {recipe.highest_attacked_error} or lower, "
                f"found {attacked}"
            )
        robust = {"robust": {"attack": str(recipe.attack), "testError": round(attacked, 6)}}
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{model_id}.safetensors"
    safetensors_file.save(path, arrays, metadata_of(recipe.architecture))
    entry = {**manifest_entry(model_id, recipe, path, error, training), **robust}
    _add_entry(entry)
    size = entry["sizeBytes"]
    print(f"{model_id}: test error {error:.4f} after rounding, {size} bytes", flush=True)


def save_leg(model_id, recipe, net, training, device="cpu"):
    """Writes the weights that the next leg goes on from, and leaves the zoo and its reports as they are."""
    arrays = rounded(net.state_dict())
    net = load_into(recipe.build(), arrays).to(device)
    error = test_error(net, recipe.data, device)
    LEGS.mkdir(exist_ok=True)
    path = LEGS / f"{model_id}.safetensors"
    safetensors_file.save(path, arrays, metadata_of(recipe.architecture))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{model_id}: test error {error:.4f} after rounding; {sha256}; {training}", flush=True)


def manifest_entry(model_id, recipe, path, error, training):
    """What the manifest says of a written file; `error` is its error on all test images."""
    raw = path.read_bytes()
    return {
        "id": model_id,
        "file": path.name,
        "sizeBytes": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "architecture": recipe.architecture,
        **({} if recipe.data.source is CIFAR10 else {"data": recipe.data.source.id}),
        "summary": recipe.summary,
        "testError": round(error, 6),
        "testImages": 10_000,
        "training": {
            "recipe": recipe.source,
            "kind": recipe.training_kind,
            "seed": recipe.seed,
            **training,
        },
    }


def _add_entry(entry):
    path = FOLDER / "manifest.json"
    # Two networks may finish at once.
    with open(FOLDER / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        manifest = json.loads(path.read_text()) if path.exists() else {"version": 1, "models": []}
        others = [model for model in manifest["models"] if model["id"] != entry["id"]]
        manifest["models"] = sorted([*others, entry], key=lambda model: model["id"])
        path.write_text(json.dumps(manifest, indent=1) + "\n")
