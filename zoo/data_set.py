"""A data set as shards in a folder, which `npm run data` makes."""
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class DataSet:
    """`folder` holds manifest.json and the shards; `mean` and `std` are by channel, of pixels in [0, 1]."""

    id: str
    folder: Path
    mean: tuple
    std: tuple

    def load(self, split, images=None):
        """The first `images` images of `split` in the data set's own order.

        Returns ([n, c, h, w] bytes in channels_last layout, [n] labels).
        """
        manifest = json.loads((self.folder / "manifest.json").read_text())
        shape = (manifest["height"], manifest["width"], manifest["channels"])
        pixels, labels, count = [], [], 0
        for shard in manifest[split]:
            if images is not None and count >= images:
                break
            raw = (self.folder / shard["file"]).read_bytes()
            found = hashlib.sha256(raw).hexdigest()
            if found != shard["sha256"]:
                raise ValueError(f"{shard['file']}: expected SHA-256 {shard['sha256']}, found {found}")
            n = shard["images"]
            raw = np.frombuffer(raw, np.uint8)
            labels.append(raw[:n])
            pixels.append(raw[n:].reshape(n, *shape))
            count += n
        x = torch.from_numpy(np.concatenate(pixels)[:images].copy()).permute(0, 3, 1, 2)
        y = torch.from_numpy(np.concatenate(labels)[:images].astype(np.int64))
        return x, y

    def normalised(self, x):
        """[n, c, h, w] bytes to float32, normalised by channel."""
        mean, std = (_by_channel(values).to(x.device) for values in (self.mean, self.std))
        return ((x.float() / 255 - mean) / std).contiguous(memory_format=torch.channels_last)

    def bounds(self):
        """Normalised black, white, and what one unit of pixel value in [0, 1] is: [1, c, 1, 1] each."""
        mean, std = _by_channel(self.mean), _by_channel(self.std)
        return -mean / std, (1 - mean) / std, 1 / std


def _by_channel(values):
    return torch.tensor(values).view(1, -1, 1, 1)


def augmented(x, generator):
    """Random crop with zero padding of 4 and horizontal flip, on normalised [n, c, h, w]."""
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
