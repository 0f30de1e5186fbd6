"""ResNet for CIFAR: 3x3 stem, no max-pool, three or four stages of basic blocks.

He et al. 2016, "Deep Residual Learning for Image Recognition"; the CIFAR variant with ResNet-18's
four stages is the one Bansal, Nakkiran & Barak 2021 stitch; three stages of 9 blocks are ResNet-56, here with
projection shortcuts. Parameter names are torchvision's.
"""
import torch.nn.functional as F
from torch import nn


class BasicBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut."""

    def __init__(self, c_in, c_out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.downsample = None
        if stride != 1 or c_in != c_out:
            self.downsample = nn.Sequential(
                nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(y + shortcut)


class ResNet(nn.Module):
    """`width` filters in the first stage, doubled at each later one."""

    def __init__(self, width=16, blocks=(2, 2, 2, 2), classes=10, channels=3):
        super().__init__()
        self.stages = len(blocks)
        self.conv1 = nn.Conv2d(channels, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        c_in = width
        for stage, count in enumerate(blocks):
            c_out = width * 2**stage
            layers = []
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                layers.append(BasicBlock(c_in, c_out, stride))
                c_in = c_out
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.fc = nn.Linear(c_in, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def segments(self):
        """The functions between taps: stem, then each block. `head` finishes."""
        stem = lambda x: F.relu(self.bn1(self.conv1(x)))  # noqa: E731
        stages = [getattr(self, f"layer{stage}") for stage in range(1, self.stages + 1)]
        return [stem, *[block for stage in stages for block in stage]]

    def head(self, x):
        """[n, c, h, w] at the last tap to [n, classes] logits."""
        return self.fc(x.mean(dim=(2, 3)))

    def features(self, x):
        """[n, channels, h, w] to [n, c]: what the linear layer reads."""
        for segment in self.segments():
            x = segment(x)
        return x.mean(dim=(2, 3))

    def forward(self, x):
        return self.fc(self.features(x))
