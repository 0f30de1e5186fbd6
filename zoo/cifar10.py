"""CIFAR-10 from the shards in public/data (`npm run data` makes them)."""
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "public" / "data"
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)


def load(split, images=None):
    """The first `images` images of `split` in the data set's own order.

    Returns ([n, 3, 32, 32] bytes in channels_last layout, [n] labels).
    """
    manifest = json.loads((DATA / "manifest.json").read_text())
    side, pixels, labels, count = manifest["height"], [], [], 0
    for shard in manifest[split]:
        if images is not None and count >= images:
            break
        raw = (DATA / shard["file"]).read_bytes()
        found = hashlib.sha256(raw).hexdigest()
        if found != shard["sha256"]:
            raise ValueError(f"{shard['file']}: expected SHA-256 {shard['sha256']}, found {found}")
        n = shard["images"]
        raw = np.frombuffer(raw, np.uint8)
        labels.append(raw[:n])
        pixels.append(raw[n:].reshape(n, side, side, 3))
        count += n
    x = torch.from_numpy(np.concatenate(pixels)[:images].copy()).permute(0, 3, 1, 2)
    y = torch.from_numpy(np.concatenate(labels)[:images].astype(np.int64))
    return x, y


def normalised(x):
    """[n, 3, h, w] bytes to float32, normalised by channel."""
    mean = torch.tensor(MEAN, device=x.device).view(1, 3, 1, 1)
    std = torch.tensor(STD, device=x.device).view(1, 3, 1, 1)
    return ((x.float() / 255 - mean) / std).contiguous(memory_format=torch.channels_last)


def bounds():
    """Normalised black, white, and what one unit of pixel value in [0, 1] is: [1, 3, 1, 1] each."""
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (MEAN, STD))
    return -mean / std, (1 - mean) / std, 1 / std


def augmented(x, generator):
    """Random crop with zero padding of 4 and horizontal flip, on normalised [n, 3, 32, 32]."""
    n, c, h, w = x.shape
    padded = torch.nn.functional.pad(x, (4, 4, 4, 4)).permute(0, 2, 3, 1)
    dy = torch.randint(0, 9, (n, 1, 1), generator=generator)
    dx = torch.randint(0, 9, (n, 1, 1), generator=generator)
    flip = torch.rand((n, 1, 1), generator=generator) < 0.5
    rows = dy + torch.arange(h).view(1, h, 1)
    columns = torch.arange(w).view(1, 1, w)
    columns = dx + torch.where(flip, w - 1 - columns, columns)
    images = torch.arange(n).view(n, 1, 1)
    places = (index.to(x.device) for index in (images, rows, columns))
    return padded[tuple(places)].permute(0, 3, 1, 2)
