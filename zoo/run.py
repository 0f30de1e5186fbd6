"""A training run: everything that the next epoch depends on, and the file that keeps it."""
import copy
import os
import time

import torch
from torch.optim.swa_utils import AveragedModel

from zoo.backward import backward_pass
from zoo.export import exported


class Run:
    """A network in training, after `epoch` epochs and `seconds` seconds on `machines`."""

    def __init__(self, recipe, device):
        torch.manual_seed(recipe.seed)
        self.recipe, self.device = recipe, device
        net = recipe.build() if recipe.goes_on is None else exported(recipe.build(), recipe.goes_on.sha256)
        self.net = net.to(device, memory_format=torch.channels_last)
        self.objective = recipe.objective().to(device)
        trained = self.objective.trained(self.net)
        self.optimizer = recipe.optimizer(trained, recipe)
        self.backward = backward_pass(self.net, self.objective, trained)
        self.average = None if recipe.averaging is None else moving_average(self.net, recipe.averaging)
        self.epoch, self.seconds, self.machines = 0, 0.0, []

    @property
    def network(self):
        """The network to evaluate."""
        return self.net if self.average is None else self.average.module

    def finished(self, x, y):
        """A copy of the network to evaluate, with what the recipe fits at the end fitted to the images `x`."""
        net = copy.deepcopy(self.network)
        if self.recipe.finish is not None:
            self.recipe.finish(net, x, y)
        return net

    def train_epoch(self, x, y):
        """One pass over all images in an order that (seed, epoch) decides; returns the mean loss."""
        started, recipe = time.time(), self.recipe
        generator = torch.Generator().manual_seed(recipe.seed * 100_003 + self.epoch)
        order = torch.randperm(len(y), generator=generator)
        steps, total = len(y) // recipe.batch, torch.zeros((), device=x.device)
        self.net.train()
        self.objective.begin_epoch(self.epoch / recipe.epochs)
        for step in range(steps):
            share = recipe.schedule((self.epoch * steps + step) / (recipe.epochs * steps))
            for group in self.optimizer.param_groups:
                group["lr"] = recipe.peak_rate * share
            index = order[step * recipe.batch : (step + 1) * recipe.batch]
            loss = self.backward(*self.objective.batch(x[index], y[index], generator))
            self.optimizer.step()
            if self.average is not None:
                self.average.update_parameters(self.net)
            total = total + loss
        self.epoch += 1
        self.seconds += time.time() - started
        return float(total) / steps

    def add_machine(self, machine):
        """A run may have begun elsewhere."""
        self.machines = list(dict.fromkeys([*self.machines, machine]))

    def record(self):
        """What the manifest says of the training."""
        before = self.recipe.goes_on
        machines = self.machines if before is None else [before.hardware, *self.machines]
        return {
            "data": str(self.recipe.data),
            "epochs": self.epoch + (0 if before is None else before.epochs),
            "seconds": round(self.seconds) + (0 if before is None else before.seconds),
            "hardware": ", then ".join(machines),
        }

    def save(self, path):
        """Replaces the file in one step: a reader, or a run cut short, finds a whole one."""
        saved = {name: module.state_dict() for name, module in self._modules().items()}
        for name in ("epoch", "seconds", "machines"):
            saved[name] = getattr(self, name)
        partial = path.with_suffix(".partial")
        torch.save(saved, partial)
        os.replace(partial, path)

    def load(self, path):
        """Everything as it was when saved."""
        saved = torch.load(path, map_location=self.device)
        for name, module in self._modules().items():
            module.load_state_dict(saved[name])
        for name in ("epoch", "seconds", "machines"):
            setattr(self, name, saved[name])

    def _modules(self):
        modules = {"net": self.net, "objective": self.objective, "optimizer": self.optimizer}
        return modules if self.average is None else {**modules, "average": self.average}


def moving_average(net, decay):
    """An exponential moving average of the weights and statistics of `net`, shorter in the first steps.

    Polyak & Juditsky 1992; the decay min(d, (1 + n) / (10 + n)) is `tf.train.ExponentialMovingAverage`'s.
    """

    def mixed(average, value, n):
        return average + (1 - ((1 + n) / (10 + n)).clamp(max=decay)) * (value - average)

    return AveragedModel(net, avg_fn=mixed, use_buffers=True)
