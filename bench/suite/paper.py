"""The paper's protocol at one tap in PyTorch, timed; `main.ts` starts it.

    python3 -m bench.suite.paper JOB.json RESULT.json

The job is that of bench/compare. Time counts everything from the first image: training, and scoring the stitched
network and the top on all test images once.
"""
import json
import math
import sys
import time
from pathlib import Path

import torch

from bench.compare.pytorch import load, train_stitch
from zoo import cifar10
from zoo.fixtures.networks import bottom, top


@torch.no_grad()
def wrong_flags(logits_of, images, size):
    """[n] 1 where an image is classified wrongly, in float64."""
    x, y = images
    parts = [
        logits_of(cifar10.normalised(x[start : start + size])).argmax(1) != y[start : start + size]
        for start in range(0, len(y), size)
    ]
    return torch.cat(parts).double()


def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    torch.set_num_threads(job["threads"])
    below, above = load(job["bottom"]), load(job["top"])
    train = cifar10.load("train", job["trainImages"])
    test = cifar10.load("test", job["testImages"])
    (start,) = job["starts"]
    tap, size = start["tap"], job["batchSize"]

    started = time.time()
    stitch = train_stitch(job, below, above, start, train, started)
    training = time.time() - started
    stitched = wrong_flags(lambda x: top(above, stitch(bottom(below, x, tap)), tap), test, size)
    base = wrong_flags(above, test, size)
    difference = stitched - base
    result = {
        "tap": tap,
        "epochs": len(job["order"]),
        "penalty": difference.mean().item(),
        "standardError": difference.std(unbiased=False).item() / math.sqrt(len(difference)),
        "trainingSeconds": training,
        "seconds": time.time() - started,
    }
    Path(sys.argv[2]).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
