/** The layers that are trained above a stitch answer as those that are frozen, with mean pooling too. */
import { expect, test } from "vitest";
import type { VitArchitecture } from "../../../../src/core/nets/architecture-schema";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { tf, type Rank } from "../../../../src/core/tensor/tf";
import { graphOf } from "../../../../src/core/training/graphs/registry";
import { trainedGraph } from "../../../../src/core/training/trained-graph";
import { useBackend } from "../../backend";
import { randomState } from "../weights/network-files";

const architecture: VitArchitecture = {
  family: "vit",
  ...{ dim: 16, depth: 2, heads: 2, patch: 16, classes: 5, pool: "mean" },
};

test("a Vision Transformer with mean pooling has one pooling, trained or frozen", async () => {
  await useBackend("cpu");
  const state = randomState(architecture);
  const network = frozenNetwork(state, architecture);
  const trained = trainedGraph(graphOf(state, architecture));
  tf.tidy(() => {
    const images = tf.randomNormal<Rank.R4>([2, 32, 32, 3], 0, 1, "float32", 1);
    const expected = network.logits(images);
    expect(tf.max(tf.abs(expected)).dataSync()[0]).toBeGreaterThan(0.01);
    trained.gradient(tf.tensor1d(trained.parameters), images, (found) => {
      expect(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]).toBeLessThan(1e-4);
      return { loss: tf.scalar(0), gradient: tf.onesLike(found) };
    });
    expect.assertions(2);
  });
  trained.dispose();
  network.dispose();
});
