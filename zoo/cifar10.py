"""CIFAR-10, from public/data."""
from zoo.data_set import ROOT, DataSet

CIFAR10 = DataSet(
    id="cifar10",
    folder=ROOT / "public" / "data",
    mean=(0.4914, 0.4822, 0.4465),
    std=(0.2470, 0.2435, 0.2616),
)
load, normalised, bounds = CIFAR10.load, CIFAR10.normalised, CIFAR10.bounds
