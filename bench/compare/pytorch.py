"""PyTorch's side of the comparison; `compare.ts` starts it.

    python3 -m bench.compare.pytorch JOB.json RESULT.json

Everything is computed from the job: networks from their files, moments in float64, ridge
regression, CKA, and stitches trained by torch.optim.Adam from the given start over the given batches.
"""
import json
import math
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from zoo import cifar10, safetensors_file
from zoo.export import load_into
from zoo.fixtures.networks import as_map, bottom, top
from zoo.fixtures.similarity import gram, hsic1
from zoo.nets.build import build
from zoo.training_data import TrainingData


def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    torch.set_num_threads(job["threads"])
    below, above = load(job["bottom"]), load(job["top"])
    train = asked(job["top"], cifar10.load("train", job["trainImages"]))
    test = cifar10.load("test", job["testImages"])

    started = time.time()
    errors = {
        "top": _error(above, asked(job["top"], test), job["batchSize"]),
        "bottom": _error(below, asked(job["bottom"], test), job["batchSize"]),
    }
    _say(f"test errors {errors['top']:.4f} (top) and {errors['bottom']:.4f} (bottom)", started)
    test = asked(job["top"], test)
    closed_form = _closed_form(job, below, above, train, test, started)
    closed_form_seconds = time.time() - started

    started = time.time()
    trained = []
    for start in job["starts"]:
        stitch = train_stitch(job, below, above, start, train, started)
        error = _stitched_error(below, above, start["tap"], stitch, test, job["batchSize"])
        trained.append({"tap": start["tap"], "testError": error})
        _say(f"tap {start['tap']}: trained stitch, test error {error:.4f}", started)
    result = {
        **errors,
        "closedForm": closed_form,
        "trained": trained,
        "seconds": {"closedForm": closed_form_seconds, "training": time.time() - started},
    }
    Path(sys.argv[2]).write_text(json.dumps(result))


def load(model):
    net = build(model["architecture"])
    load_into(net, safetensors_file.load(Path(model["path"])))
    return net.to(memory_format=torch.channels_last).eval().requires_grad_(False)


def asked(model, images):
    """The images with the answers that are right for a network."""
    x, y = images
    return x, TrainingData(animals=model["architecture"].get("classes") == 2).target(y)


def _say(text, started):
    print(f"PyTorch: {text} ({time.time() - started:.0f} s)", file=sys.stderr, flush=True)


def _batches(images, size):
    """Normalised images and labels, in order; the last batch may be short."""
    x, y = images
    for start in range(0, len(y), size):
        yield cifar10.normalised(x[start : start + size]), y[start : start + size]


@torch.no_grad()
def _error(net, images, size):
    right = sum((net(x).argmax(1) == y).sum().item() for x, y in _batches(images, size))
    return 1 - right / len(images[1])


def _stitched_error(below, above, tap, stitch, images, size):
    return _error(lambda x: top(above, stitch(bottom(below, x, tap)), tap), images, size)


@torch.no_grad()
def _closed_form(job, below, above, train, test, started):
    """Least squares and CKA at every tap, from one pass over the training images."""
    taps = len(above.segments())
    moments = [None] * taps
    hsic = torch.zeros(taps, 3, dtype=torch.float64)
    for x, _ in _batches(train, job["batchSize"]):
        u, v = x, x
        for tap in range(taps):
            u, v = below.segments()[tap](u), above.segments()[tap](v)
            sums = _raw_moments(_samples(as_map(u)), _samples(as_map(v)))
            moments[tap] = sums if moments[tap] is None else [a + b for a, b in zip(moments[tap], sums)]
            if len(x) >= 4:
                k, l = gram(u), gram(v)
                hsic[tap] += torch.stack([hsic1(k, l), hsic1(k, k), hsic1(l, l)])
    _say(f"one pass over {len(train[1])} images at {taps} taps", started)
    results = []
    for tap in range(taps):
        stitch = _ridge_regression(*moments[tap], job["relativeRidge"])
        error = _stitched_error(below, above, tap, stitch, test, job["batchSize"])
        kl, kk, ll = hsic[tap].tolist()
        cka = kl / math.sqrt(kk * ll) if kk > 0 and ll > 0 else None
        results.append({"tap": tap, "testError": error, "cka": cka})
        _say(f"tap {tap}: least squares, test error {error:.4f}", started)
    return results


def _samples(representation):
    """[n, c, h, w] to [n h w, c] in float64."""
    return representation.permute(0, 2, 3, 1).flatten(0, 2).double()


def _raw_moments(x, y):
    """Sums about 0; float64 has digits enough to subtract the means afterwards."""
    return [torch.tensor(float(len(x)), dtype=torch.float64), x.sum(0), y.sum(0), x.t() @ x, x.t() @ y]


def _ridge_regression(count, sum_x, sum_y, xx, xy, relative_ridge):
    """The stitch y = x W + b as a function of [n, c, h, w]."""
    mean_x, mean_y = sum_x / count, sum_y / count
    scatter = xx - count * torch.outer(mean_x, mean_x)
    ridge = relative_ridge * scatter.diag().mean()
    covariance = xy - count * torch.outer(mean_x, mean_y)
    weight = torch.linalg.solve(scatter + ridge * torch.eye(len(scatter)), covariance)
    bias = mean_y - mean_x @ weight
    kernel = weight.t()[:, :, None, None].float().contiguous()
    return lambda x: F.conv2d(x, kernel, bias.float())


def train_stitch(job, below, above, start, train, started, epoch_ended=lambda: None):
    """The paper's stitch from the given start: Adam, cosine to 0, a short last batch left out."""
    c1, c2, tap = start["source"], start["target"], start["tap"]
    stitch = nn.Sequential(
        nn.BatchNorm2d(c1), nn.Conv2d(c1, c2, 1, bias=False), nn.BatchNorm2d(c2)
    ).to(memory_format=torch.channels_last)
    with torch.no_grad():
        stitch[1].weight.copy_(torch.tensor(start["weight"]).view(c1, c2).t()[:, :, None, None])
    batches = [
        torch.tensor(order[first : first + job["batchSize"]])
        for order in job["order"]
        for first in range(0, len(order) - job["batchSize"] + 1, job["batchSize"])
    ]
    optimizer = torch.optim.Adam(stitch.parameters(), lr=job["peakRate"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=max(1, len(batches)))
    steps_per_epoch = max(1, len(batches) // len(job["order"]))
    x, y = train
    for step, index in enumerate(batches):
        with torch.no_grad():
            representation = bottom(below, cifar10.normalised(x[index]), tap)
        loss = F.cross_entropy(top(above, stitch(representation), tap), y[index])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        if (step + 1) % 40 == 0:
            _say(f"tap {tap}: step {step + 1} of {len(batches)}, loss {loss.item():.4f}", started)
        if (step + 1) % steps_per_epoch == 0:
            epoch_ended()
    return stitch.eval()


if __name__ == "__main__":
    main()
