"""PyTorch's side of the training rates; `training.ts` starts it.

    python3 -m bench.training.pytorch JOB

JOB is JSON. Says "ready", then answers each line of input, the index of a width, with the images a second of some
steps: forward, backward and SGD of a ResNet-18 in float32, eager, channels-last from 8 filters on.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F

from zoo.nets.resnet import ResNet


def main():
    job = json.loads(sys.argv[1])
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    steps = [_step(width, job["batchSize"]) for width in job["widths"]]
    for step in steps:
        step()
    print("ready", flush=True)
    for line in sys.stdin:
        step = steps[int(line)]
        started = time.perf_counter()
        for _ in range(job["steps"]):
            step()
        print(job["steps"] * job["batchSize"] / (time.perf_counter() - started), flush=True)


def _step(width, size):
    # PyTorch 1.13 crashes on four channels in channels-last order where the processor has no AVX-512.
    order = torch.contiguous_format if width < 8 else torch.channels_last
    net = ResNet(width).to(memory_format=order).train()
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, nesterov=True, weight_decay=5e-4)
    images = torch.randn(size, 3, 32, 32).to(memory_format=order)
    labels = torch.randint(0, 10, (size,))

    def run():
        optimizer.zero_grad()
        F.cross_entropy(net(images), labels).backward()
        optimizer.step()

    return run


if __name__ == "__main__":
    main()
