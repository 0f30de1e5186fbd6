"""PyTorch's side of the ratios; `ratios.ts` starts it.

    python3 -m bench.profile.pytorch JOB

JOB is JSON. Says its device when it is ready, then answers each line of input, the index of a piece of work, with
the images a second of some batches of it: a forward pass, or one step of Adam on a stitch at a tap, eager, in
float32. Both networks are frozen, evaluated and channels-last.
"""
import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from zoo import safetensors_file
from zoo.export import load_into
from zoo.fixtures.networks import bottom, top
from zoo.nets.resnet import ResNet

WIDTH = 16
BLOCKS = [2, 2, 2, 2]


def main():
    job = json.loads(sys.argv[1])
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    device = "cuda" if job["cuda"] and torch.cuda.is_available() else "cpu"
    # float32 means float32: no TF32.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    below, above = _load(job["bottom"]).to(device), _load(job["top"]).to(device)
    size = job["batchSize"]
    images = torch.randn(size, 3, 32, 32).to(device, memory_format=torch.channels_last)
    labels = torch.randint(0, 10, (size,)).to(device)
    pieces = [
        _forward(above, images) if tap is None else _step(below, above, tap, images, labels)
        for tap in job["pieces"]
    ]
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    print(torch.cuda.get_device_name() if device == "cuda" else "cpu", flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        for _ in range(job["batches"]):
            pieces[int(line)]()
        wait()
        print(job["batches"] * size / (time.perf_counter() - started), flush=True)


def _load(path):
    net = ResNet(WIDTH, BLOCKS)
    load_into(net, safetensors_file.load(Path(path)))
    return net.to(memory_format=torch.channels_last).eval().requires_grad_(False)


def _forward(net, images):
    def run():
        with torch.no_grad():
            net(images)

    return run


def _step(below, above, tap, images, labels):
    with torch.no_grad():
        c1 = bottom(below, images[:1], tap).shape[1]
    stitch = nn.Sequential(
        nn.BatchNorm2d(c1), nn.Conv2d(c1, c1, 1, bias=False), nn.BatchNorm2d(c1)
    ).to(images.device, memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(stitch.parameters(), lr=1e-3)

    def run():
        with torch.no_grad():
            representation = bottom(below, images, tap)
        loss = F.cross_entropy(top(above, stitch(representation), tap), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return run


if __name__ == "__main__":
    main()
