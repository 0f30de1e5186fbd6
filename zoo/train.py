"""Trains one network of the zoo and exports it.

    python3 -m zoo.train MODEL_ID [--threads N] [--runs FOLDER] [--export]

Resumes after the last finished epoch in FOLDER (zoo/runs). With --export it does not train: it exports the network of
that epoch, which another process may be training on. The order of the images and the augmentation depend on the seed
and the epoch alone, so a resumed run equals an uninterrupted one. Forward and backward passes run in bfloat16 where
that is fast, weights and their updates in float32.
"""
import argparse
import fcntl
import platform
from dataclasses import replace
from pathlib import Path

import torch

from zoo.data_set import ROOT
from zoo.evaluate import test_error
from zoo.export import export, save_leg
from zoo.recipes import RECIPES
from zoo.run import Run

# Of recipes that fit a classifier at the end: how often one is fitted for the log.
EPOCHS_BETWEEN_FITS = 10


def train(model_id, recipe, device, runs):
    """Trains, or resumes after the last finished epoch. Returns (network, record)."""
    run = Run(recipe, device)
    path = runs / f"{model_id}.pt"
    if path.exists():
        run.load(path)
        print(f"{model_id}: resuming after epoch {run.epoch}", flush=True)
    run.add_machine(hardware(device))
    x, y = (tensor.to(device) for tensor in recipe.data.load())
    while run.epoch < recipe.epochs:
        loss = run.train_epoch(x, y)
        run.save(path)
        print(
            f"{model_id}: epoch {run.epoch}/{recipe.epochs} loss {loss:.4f} "
            f"{evaluation(run, x, y, device)}{run.seconds:.0f} s",
            flush=True,
        )
        if run.epoch in recipe.snapshots:
            snapshot_id, summary = recipe.snapshots[run.epoch]
            snapshot = replace(recipe, summary=summary, highest_test_error=1.0)
            export(snapshot_id, snapshot, run.network, run.record(), device)
    return run.finished(x, y), run.record()


def evaluation(run, x, y, device):
    """A text for the log; nothing is chosen by it."""
    if run.recipe.finish is None:
        error = test_error(run.network, run.recipe.data, device, images=2000)
        return f"error on 2,000 test images {error:.4f} "
    if run.epoch % EPOCHS_BETWEEN_FITS == 0:
        error = test_error(run.finished(x, y), run.recipe.data, device)
        return f"test accuracy {1 - error:.4f} "
    return ""


def finished_so_far(model_id, recipe, device, runs):
    """The network of the last finished epoch. Returns (network, record)."""
    run = Run(recipe, device)
    run.load(runs / f"{model_id}.pt")
    x, y = (tensor.to(device) for tensor in recipe.data.load())
    return run.finished(x, y), run.record()


@torch.no_grad()
def measure_statistics(model_id, recipe, device):
    """An untrained network whose running statistics are those of training images."""
    torch.manual_seed(recipe.seed)
    net = recipe.build().to(device, memory_format=torch.channels_last)
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None  # A plain average over all batches.
    data = "none"
    if any(isinstance(module, torch.nn.BatchNorm2d) for module in net.modules()):
        x, _ = recipe.data.source.load("train", recipe.statistics_images)
        net.train()
        for start in range(0, len(x), 500):
            net(recipe.data.source.normalised(x[start : start + 500].to(device)))
        data = f"none (statistics of the first {len(x):,} training images)"
    record = {
        "data": data,
        "epochs": 0,
        "seconds": 0,
        "hardware": hardware(device),
    }
    return net, record


def hardware(device):
    """What the time in a record was measured on."""
    if device == "cuda":
        return f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}"
    threads = torch.get_num_threads()
    return f"{threads} thread(s) of {platform.machine()}, PyTorch {torch.__version__}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model_id", choices=sorted(RECIPES))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=Path, default=ROOT / "zoo" / "runs")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--leg", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # float32 means float32 where a network is scored.
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    model_id, runs = arguments.model_id, arguments.runs
    recipe = RECIPES[model_id]
    if arguments.export or arguments.leg:
        net, record = finished_so_far(model_id, recipe, device, runs)
    elif recipe.epochs == 0:
        net, record = measure_statistics(model_id, recipe, device)
    else:
        runs.mkdir(parents=True, exist_ok=True)
        with open(runs / f"{model_id}.lock", "w") as lock:
            # Fails where another process trains this network.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            net, record = train(model_id, recipe, device, runs)
    (save_leg if arguments.leg else export)(model_id, recipe, net, record, device)


if __name__ == "__main__":
    main()
