"""The five-layer CNN of Bansal, Nakkiran & Barak 2021 (after David Page's "Myrtle" networks).

Four stages of Conv-BN-ReLU-MaxPool with widths w, 2w, 4w, 8w, then one linear layer. The pools are
1, 2, 2 and 8 wide, as in Nakkiran et al. 2020, "Deep Double Descent", appendix B.
"""
import torch.nn.functional as F
from torch import nn

POOLS = (1, 2, 2, 8)


class Myrtle(nn.Module):
    """`width` filters in the first stage, doubled at each of the next three."""

    def __init__(self, width=16, classes=10):
        super().__init__()
        c_in = 3
        for stage in range(4):
            c_out = width * 2**stage
            setattr(self, f"conv{stage + 1}", nn.Conv2d(c_in, c_out, 3, 1, 1, bias=False))
            setattr(self, f"bn{stage + 1}", nn.BatchNorm2d(c_out))
            c_in = c_out
        self.fc = nn.Linear(c_in, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def segments(self):
        """The functions between taps: one a stage. `head` finishes."""

        def stage(number, pool):
            conv, bn = getattr(self, f"conv{number}"), getattr(self, f"bn{number}")

            def forward(x):
                x = F.relu(bn(conv(x)))
                return x if pool == 1 else F.max_pool2d(x, pool)

            return forward

        return [stage(k + 1, pool) for k, pool in enumerate(POOLS)]

    def head(self, x):
        """[n, c, 1, 1] at the last tap to [n, classes] logits."""
        return self.fc(x.flatten(1))

    def forward(self, x):
        for segment in self.segments():
            x = segment(x)
        return self.head(x)
