"""Checkpoints as several projects publish them, converted: `python3 -m unittest zoo.test_convert`.

With the variable CONVERTED, the converted files are written there as NAME.safetensors, for a test of the page's
reader. The networks are torchvision's with few filters; what is compared is every tensor, bit by bit.
"""
import argparse
import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path

import torch
from torch import nn
from torchvision.models import resnet, vision_transformer

from zoo import convert, safetensors_file
from zoo.fixtures.published import PlainResNet
from zoo.nets import vit


def _net():
    torch.manual_seed(5)
    return PlainResNet(resnet.Bottleneck, [1, 1, 1, 1], 2, 7).state_dict()


def _trunk(net):
    return {name: tensor for name, tensor in net.items() if not name.startswith("fc.")}


def _head(net, around=""):
    return {f"{around}{field}": net[f"fc.{field}"] for field in ("weight", "bias")}


def _prefixed(prefix, state):
    return {f"{prefix}{name}": tensor for name, tensor in state.items()}


class Convert(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.kept = Path(os.environ["CONVERTED"]) if "CONVERTED" in os.environ else self.folder

    def converted(self, name, content, *options):
        """Returns the converted arrays and what was printed."""
        file = self.folder / f"{name}.pth.tar"
        torch.save(content, file)
        out = self.kept / f"{name}.safetensors"
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            convert.main([str(file), "--out", str(out), *options])
        return safetensors_file.load(out), printed.getvalue()

    def refusal(self, content, *options):
        file = self.folder / "refused.pth"
        torch.save(content, file)
        with self.assertRaises(SystemExit) as caught:
            convert.main([str(file), "--out", str(self.folder / "refused.safetensors"), *options])
        return str(caught.exception)

    def assert_same(self, arrays, net):
        expected = {name: tensor for name, tensor in net.items() if torch.is_floating_point(tensor)}
        self.assertEqual(arrays.keys(), expected.keys())
        for name, tensor in expected.items():
            self.assertTrue(torch.equal(torch.from_numpy(arrays[name]), tensor), name)

    def test_plain_weights(self):
        net = _net()
        arrays, _ = self.converted("plain", net)
        self.assert_same(arrays, net)

    def test_wrapped_data_parallel_with_an_optimiser(self):
        net = _net()
        weight = nn.Parameter(torch.zeros(3))
        optimiser = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
        weight.grad = torch.ones(3)
        optimiser.step()
        content = {"epoch": 7, "state_dict": _prefixed("module.", net), "optimizer": optimiser.state_dict()["state"]}
        arrays, _ = self.converted("wrapped", content)
        self.assert_same(arrays, net)

    def test_swav_without_its_projection(self):
        net = _net()
        beside = {"module.projection_head.0.weight": torch.ones(4, 64), "module.prototypes.weight": torch.ones(9, 4)}
        arrays, printed = self.converted("swav", {**_prefixed("module.", _trunk(net)), **beside})
        self.assert_same(arrays, _trunk(net))
        self.assertIn("dropped module.projection_head (1 tensors)", printed)
        self.assertIn("dropped module.prototypes (1 tensors)", printed)
        self.assertIn("no classifier of 64 features", printed)

    def test_dino_has_two_networks(self):
        net = _net()
        both = {
            "student": _prefixed("module.backbone.", {name: 2 * tensor for name, tensor in _trunk(net).items()}),
            "teacher": {**_prefixed("backbone.", _trunk(net)), "head.mlp.0.weight": torch.ones(8, 64)},
        }
        self.assertIn("choose with --prefix, found student.module.backbone., teacher.backbone.", self.refusal(both))
        arrays, printed = self.converted("dino", both, "--prefix", "teacher", "--image", "64x48")
        self.assert_same(arrays, _trunk(net))
        self.assertIn("dropped teacher.head.mlp (1 tensors)", printed)

    def test_moco_projects_with_fc(self):
        net = _net()
        content = {"state_dict": {**_prefixed("module.encoder_q.", net), "module.queue": torch.ones(4, 9)}}
        arrays, printed = self.converted("moco", content)
        self.assert_same(arrays, _trunk(net))
        self.assertIn("dropped state_dict.module.encoder_q.fc (2 tensors)", printed)

    def test_a_head_in_a_second_file(self):
        net = _net()
        head = self.folder / "head.pth"
        torch.save({"epoch": 3, "state_dict": _head(net, "module.linear.")}, head)
        arrays, _ = self.converted("joined", _prefixed("backbone.", _trunk(net)), "--head", str(head), "--image", "64x48")
        self.assert_same(arrays, net)
        torch.save({"weight": torch.ones(3, 8)}, head)
        message = self.refusal(_trunk(net), "--head", str(head))
        self.assertIn("weight: expected [classes,64], found [3, 8]", message)

    def test_a_vision_transformer_and_its_head_in_a_second_file(self):
        torch.manual_seed(7)
        net = vit.VisionTransformer(16, 1, 2, 8, 10, side=24, pool="mean").state_dict()
        trunk = {name: tensor for name, tensor in net.items() if not name.startswith("head.")}
        head = self.folder / "head.pth"
        torch.save({"module.linear.weight": net["head.weight"], "module.linear.bias": net["head.bias"]}, head)
        options = ("--head", str(head), "--heads", "2")
        arrays, _ = self.converted("vit-joined", {"teacher": _prefixed("backbone.", trunk)}, *options)
        self.assert_same(arrays, net)
        _, printed = self.converted("vit-trunk", trunk, "--heads", "2")
        self.assertIn("no classifier of 16 features", printed)
        self.assertIn("a Vision Transformer without a head, found head.weight", self.refusal(net, *options))
        # As DINO's heads for ViT-S, which read the class tokens of four blocks.
        torch.save({"weight": torch.ones(3, 64)}, head)
        self.assertIn("weight: expected [classes,16], found [3, 64]", self.refusal(trunk, "--head", str(head)))

    def test_a_vision_transformer_of_torchvision(self):
        torch.manual_seed(6)
        net = vision_transformer.VisionTransformer(32, 8, 2, 2, 16, 64, num_classes=10).state_dict()
        arrays, _ = self.converted("vit", {"model": net}, "--heads", "2")
        self.assert_same(arrays, net)

    def test_half_precision(self):
        arrays, _ = self.converted("half", _net(), "--half")
        self.assertEqual({str(array.dtype) for array in arrays.values()}, {"float16"})

    def test_a_pickle_that_would_run_code(self):
        message = self.refusal({"args": argparse.Namespace(lr=1), "state_dict": _net()})
        self.assertIn("a checkpoint of weights alone (weights_only)", message)
        self.assertIn("refused.pth", message)

    def test_other_networks_and_files(self):
        self.assertIn("found features.0.weight", self.refusal({"features.0.weight": torch.ones(3)}))
        self.assertIn("found no tensors", self.refusal({"epoch": 3}))
        with self.assertRaises(SystemExit) as caught:
            convert.main([str(self.folder / "absent.pth")])
        self.assertIn("no such file", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
