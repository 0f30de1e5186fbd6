"""torchvision's architectures at a size that tests can hold: their operators, few of their weights.

Every network has ten classes and reads images of 32 × 32 pixels.
"""

from functools import partial

from torch import nn
from torchvision import models
from torchvision.models import (
    convnext,
    densenet,
    efficientnet,
    googlenet,
    inception,
    mobilenetv3,
    regnet,
    resnet,
    shufflenetv2,
    squeezenet,
    swin_transformer,
    vgg,
    vision_transformer,
)

CLASSES = 10
SIDE = 32


class NarrowResNet(resnet.ResNet):
    """torchvision's ResNet with a stem of eight filters instead of 64."""

    def __init__(self, block, layers):
        super().__init__(block, layers, num_classes=CLASSES)
        self.inplanes = 8
        self.conv1 = nn.Conv2d(3, 8, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = self._make_layer(block, 8, layers[0])
        self.layer2 = self._make_layer(block, 16, layers[1], stride=2)
        self.layer3 = self._make_layer(block, 16, layers[2], stride=2)
        self.layer4 = self._make_layer(block, 16, layers[3], stride=2)
        self.fc = nn.Linear(16 * block.expansion, CLASSES)


class Branches(nn.Module):
    """A stem, blocks in branches and a classifier, as GoogLeNet and Inception have them."""

    def __init__(self, stem, blocks, channels):
        super().__init__()
        self.stem, self.blocks = stem, nn.Sequential(*blocks)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(channels, CLASSES)

    def forward(self, images):
        """[n, 3, h, w] to [n, 10]"""
        return self.fc(self.avgpool(self.blocks(self.stem(images))).flatten(1))


def resnet18():
    return NarrowResNet(resnet.BasicBlock, [1, 1, 1, 1])


def resnet50():
    return NarrowResNet(partial_bottleneck(), [1, 1, 1, 1])


def partial_bottleneck():
    """A bottleneck that widens twofold instead of fourfold."""

    class Bottleneck(resnet.Bottleneck):
        expansion = 2

    return Bottleneck


def vgg11_bn():
    network = vgg.VGG(vgg.make_layers([8, "M", 12, "M", 16, 16, "M"], batch_norm=True))
    # Torch exports only a pool to sizes that divide the map's.
    network.avgpool = nn.AdaptiveAvgPool2d((2, 2))
    network.classifier = nn.Sequential(
        nn.Linear(16 * 4, 16), nn.ReLU(), nn.Dropout(), nn.Linear(16, CLASSES)
    )
    return network


def densenet121():
    return densenet.DenseNet(4, (2, 3), num_init_features=8, bn_size=2, num_classes=CLASSES)


def mobilenet_v2():
    setting = [[1, 8, 1, 1], [3, 12, 2, 2], [3, 16, 2, 1]]
    network = models.MobileNetV2(
        num_classes=CLASSES, inverted_residual_setting=setting, round_nearest=4, width_mult=0.25
    )
    return network


def mobilenet_v3_small():
    block = partial(mobilenetv3.InvertedResidualConfig, width_mult=1.0)
    setting = [
        block(8, 3, 8, 8, True, "RE", 2, 1),
        block(8, 5, 24, 16, True, "HS", 2, 1),
        block(16, 5, 32, 16, True, "HS", 1, 1),
    ]
    return models.MobileNetV3(setting, last_channel=32, num_classes=CLASSES)


def efficientnet_b0():
    block = partial(efficientnet.MBConvConfig, width_mult=1.0, depth_mult=1.0)
    setting = [block(1, 3, 1, 8, 8, 1), block(4, 3, 2, 8, 12, 2), block(4, 5, 2, 12, 16, 1)]
    return efficientnet.EfficientNet(setting, dropout=0.2, num_classes=CLASSES)


def squeezenet1_1():
    network = squeezenet.SqueezeNet("1_1", num_classes=CLASSES)
    fire = squeezenet.Fire
    network.features = nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, stride=2, ceil_mode=True),
        fire(8, 4, 8, 8),
        fire(16, 4, 8, 8),
        nn.MaxPool2d(3, stride=2, ceil_mode=True),
        fire(16, 6, 12, 12),
    )
    network.classifier[1] = nn.Conv2d(24, CLASSES, 1)
    return network


def shufflenet_v2_x1_0():
    return shufflenetv2.ShuffleNetV2([2, 2, 2], [8, 16, 24, 32, 32], num_classes=CLASSES)


def regnet_y_400mf():
    parameters = regnet.BlockParams.from_init_params(
        depth=4, w_0=16, w_a=8.0, w_m=2.0, group_width=8, se_ratio=0.25
    )
    return regnet.RegNet(parameters, num_classes=CLASSES, stem_width=8)


def convnext_tiny():
    block = convnext.CNBlockConfig
    setting = [block(12, 16, 1), block(16, None, 2)]
    return convnext.ConvNeXt(setting, num_classes=CLASSES, layer_scale=0.5)


def vit_b_16():
    return vision_transformer.VisionTransformer(SIDE, 8, 3, 2, 16, 32, num_classes=CLASSES)


def swin_t():
    return swin_transformer.SwinTransformer(
        [2, 2], 12, [2, 2], [2, 3], [7, 7], num_classes=CLASSES, stochastic_depth_prob=0.0
    )


def inception_v3():
    stem = nn.Sequential(
        inception.BasicConv2d(3, 8, kernel_size=3, stride=2),
        inception.BasicConv2d(8, 12, kernel_size=3),
        nn.MaxPool2d(3, stride=2),
    )
    narrow = partial(narrowed, block=inception.BasicConv2d)
    blocks = [narrow(inception.InceptionA, 12, pool_features=8), narrow(inception.InceptionB, 36)]
    return Branches(stem, blocks, 96)


def googlenet():
    stem = nn.Sequential(
        googlenet_convolution()(3, 8, kernel_size=7, stride=2, padding=3),
        nn.MaxPool2d(3, stride=2, ceil_mode=True),
    )
    block = googlenet_module().Inception
    blocks = [
        block(8, 4, 4, 8, 2, 4, 4),
        block(20, 8, 4, 8, 2, 4, 4),
        nn.MaxPool2d(2, stride=2, ceil_mode=True),
    ]
    return Branches(stem, blocks, 24)


def googlenet_module():
    """The module, whose name torchvision gives to a function as well."""
    import sys

    return sys.modules["torchvision.models.googlenet"]


def googlenet_convolution():
    return googlenet_module().BasicConv2d


def narrowed(kind, channels, block, **options):
    """An Inception block with an eighth of its filters."""

    def convolution(c1, c2, **geometry):
        # The first convolution of each branch reads what the block reads.
        source = c1 if c1 == channels else c1 // 8
        target = c2 if c2 == options.get("pool_features") else c2 // 8
        return block(source, target, **geometry)

    return kind(channels, conv_block=convolution, **options)


NETWORKS = {
    build.__name__: build
    for build in (
        resnet18,
        resnet50,
        vgg11_bn,
        densenet121,
        mobilenet_v2,
        mobilenet_v3_small,
        efficientnet_b0,
        squeezenet1_1,
        shufflenet_v2_x1_0,
        regnet_y_400mf,
        convnext_tiny,
        vit_b_16,
        swin_t,
        inception_v3,
        googlenet,
    )
}
