"""The paper's protocol at one tap in PyTorch, timed; `main.ts` starts it.

    python3 -m bench.suite.paper JOB.json RESULT.json

The job is that of bench/compare. Time is reported in three parts: training from the first image, scoring the stitched
network on all test images, and scoring the top on them; training epoch by epoch.
"""
import json
import math
import resource
import sys
import time
from pathlib import Path

import torch

from bench.compare.pytorch import asked, load, train_stitch
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
    train = asked(job["top"], cifar10.load("train", job["trainImages"]))
    test = asked(job["top"], cifar10.load("test", job["testImages"]))
    (start,) = job["starts"]
    tap, size = start["tap"], job["batchSize"]

    ends = [time.time()]
    stitch = train_stitch(job, below, above, start, train, ends[0], lambda: ends.append(time.time()))
    trained = time.time()
    stitched = wrong_flags(lambda x: top(above, stitch(bottom(below, x, tap)), tap), test, size)
    scored = time.time()
    base = wrong_flags(above, test, size)
    ended = time.time()
    difference = stitched - base
    result = {
        "pytorch": torch.__version__,
        "tap": tap,
        "penalty": difference.mean().item(),
        "standardError": difference.std(unbiased=False).item() / math.sqrt(len(difference)),
        "epochSeconds": [end - begin for begin, end in zip(ends, ends[1:])],
        "scoringSeconds": scored - trained,
        "baselineSeconds": ended - scored,
        # Linux counts it in kB.
        "peakMegabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }
    Path(sys.argv[2]).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
