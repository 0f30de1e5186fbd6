/**
 * CIFAR-10's form: Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images". The
 * recipes of the zoo (`TrainingData.target` in zoo/training_data.py) group its classes in the same
 * way.
 */
import type { DataForm } from "./form";

export const cifar10Form: DataForm = {
  height: 32,
  width: 32,
  channels: 3,
  normalisation: [
    { mean: 0.4914, deviation: 0.247 },
    { mean: 0.4822, deviation: 0.2435 },
    { mean: 0.4465, deviation: 0.2616 },
  ],
  classes: {
    names: [
      "airplane",
      "automobile",
      "bird",
      "cat",
      "deer",
      "dog",
      "frog",
      "horse",
      "ship",
      "truck",
    ],
    groupings: [{ names: ["object", "animal"], groupOf: [0, 0, 1, 1, 1, 1, 1, 1, 0, 0] }],
  },
};
