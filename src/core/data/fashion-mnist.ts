/**
 * Fashion-MNIST's form: Xiao, Rasul & Vollgraf 2017, "Fashion-MNIST: a Novel Image Dataset for
 * Benchmarking Machine Learning Algorithms".
 */
import type { DataForm } from "./form";

export const fashionMnistForm: DataForm = {
  height: 28,
  width: 28,
  channels: 1,
  normalisation: [{ mean: 0.286, deviation: 0.353 }],
  classes: {
    names: [
      "T-shirt/top",
      "trouser",
      "pullover",
      "dress",
      "coat",
      "sandal",
      "shirt",
      "sneaker",
      "bag",
      "ankle boot",
    ],
    groupings: [],
  },
};
