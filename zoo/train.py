"""Trains one network of the zoo and exports it.

    python3 -m zoo.train MODEL_ID [--threads N]

Resumes from the last finished epoch in zoo/runs/. The order of the images and the augmentation
depend on the seed and the epoch alone, so a resumed run equals an uninterrupted one. Forward and
backward passes run in bfloat16, weights and their updates in float32.
"""
import argparse
import os
import platform
import time
from dataclasses import replace

import torch

from zoo import cifar10
from zoo.backward import backward_pass
from zoo.cifar10 import ROOT
from zoo.evaluate import test_error
from zoo.export import export
from zoo.recipes import RECIPES

RUNS = ROOT / "zoo" / "runs"


def train_epoch(net, objective, backward, optimizer, recipe, epoch, x, y):
    """One pass over all images in an order that (seed, epoch) decides; returns the mean loss."""
    generator = torch.Generator().manual_seed(recipe.seed * 100_003 + epoch)
    order = torch.randperm(len(y), generator=generator)
    steps, total = len(y) // recipe.batch, torch.zeros((), device=x.device)
    net.train()
    for step in range(steps):
        share = recipe.schedule((epoch * steps + step) / (recipe.epochs * steps))
        for group in optimizer.param_groups:
            group["lr"] = recipe.peak_rate * share
        index = order[step * recipe.batch : (step + 1) * recipe.batch]
        loss = backward(*objective.batch(x[index], y[index], generator))
        optimizer.step()
        total = total + loss
    return float(total) / steps


def train(model_id, recipe, device):
    """Trains, or goes on from the last finished epoch. Returns (network, record)."""
    torch.manual_seed(recipe.seed)
    net = recipe.build().to(device, memory_format=torch.channels_last)
    objective = recipe.objective().to(device)
    trained = objective.trained(net)
    optimizer = recipe.optimizer(trained, recipe)
    backward = backward_pass(net, objective, trained)
    path, first, seconds, machines = RUNS / f"{model_id}.pt", 0, 0.0, []
    if path.exists():
        saved = torch.load(path, map_location=device)
        net.load_state_dict(saved["net"])
        objective.load_state_dict(saved["objective"])
        optimizer.load_state_dict(saved["optimizer"])
        first, seconds = saved["epoch"], saved["seconds"]
        machines = saved.get("machines", [])
        print(f"{model_id}: resuming after epoch {first}", flush=True)
    x, y = (tensor.to(device) for tensor in recipe.data.load())
    # A run may have begun elsewhere.
    machines = list(dict.fromkeys([*machines, hardware(device)]))
    for epoch in range(first, recipe.epochs):
        started = time.time()
        loss = train_epoch(net, objective, backward, optimizer, recipe, epoch, x, y)
        seconds += time.time() - started
        saved = {
            "net": net.state_dict(),
            "objective": objective.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": epoch + 1,
            "seconds": seconds,
            "machines": machines,
        }
        partial = path.with_suffix(".partial")
        torch.save(saved, partial)
        os.replace(partial, path)
        # 2,000 images: a sign of life, nothing is chosen by it.
        error = test_error(net, recipe.data, device, images=2000)
        print(
            f"{model_id}: epoch {epoch + 1}/{recipe.epochs} loss {loss:.4f} "
            f"error on 2,000 test images {error:.4f} {seconds:.0f} s",
            flush=True,
        )
        if epoch + 1 in recipe.snapshots:
            snapshot_id, summary = recipe.snapshots[epoch + 1]
            record = training_record(recipe, epoch + 1, seconds, machines)
            export(snapshot_id, replace(recipe, summary=summary, highest_test_error=1.0), net, record, device)
    if recipe.finish is not None:
        recipe.finish(net, x, y)
    return net, training_record(recipe, recipe.epochs, seconds, machines)


def training_record(recipe, epochs, seconds, machines):
    """What the manifest says of the training."""
    return {
        "data": str(recipe.data),
        "epochs": epochs,
        "seconds": round(seconds),
        "hardware": ", then ".join(machines),
    }


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
        x, _ = cifar10.load("train", recipe.statistics_images)
        net.train()
        for start in range(0, len(x), 500):
            net(cifar10.normalised(x[start : start + 500].to(device)))
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
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # float32 means float32 where a network is scored.
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    RUNS.mkdir(parents=True, exist_ok=True)
    recipe = RECIPES[arguments.model_id]
    prepare = train if recipe.epochs > 0 else measure_statistics
    net, record = prepare(arguments.model_id, recipe, device)
    export(arguments.model_id, recipe, net, record, device)


if __name__ == "__main__":
    main()
