"""Fashion-MNIST, from public/data/fashion-mnist (`npm run data -- fashion-mnist FOLDER` makes it).

Xiao, Rasul & Vollgraf 2017, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms".
"""
from zoo.data_set import ROOT, DataSet

FASHION_MNIST = DataSet(
    id="fashion-mnist",
    folder=ROOT / "public" / "data" / "fashion-mnist",
    mean=(0.2860,),
    std=(0.3530,),
)
