/** A network without a head: its representations are those of the whole one, and it gives no logits. */
import { beforeAll, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { architectureName, hasHead, withClasses } from "../../../../src/core/nets/architecture";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { checkFiniteLogits } from "../../../../src/core/nets/finite-logits";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { tf } from "../../../../src/core/tensor/tf";
import { useBackend } from "../../backend";
import { randomState } from "../weights/network-files";

beforeAll(() => useBackend("cpu"));

const wholes = {
  resnet: { family: "resnet", blocks: [1, 1, 1], width: 4, classes: 5 },
  vit: { family: "vit", dim: 16, depth: 1, heads: 2, patch: 16, classes: 5 },
  meanPooled: {
    family: "vit",
    ...{ dim: 16, depth: 1, heads: 2, patch: 16, pool: "mean", classes: 5 },
  },
} as const satisfies Record<string, Architecture>;

test.each([
  ["resnet", "fc"],
  ["vit", "head"],
  ["meanPooled", "head"],
] as const)("a %s", async (family, layer) => {
  const whole = wholes[family];
  const { classes: _, ...rest } = whole;
  const architecture: Architecture = { ...rest, head: "none" };
  expect([hasHead(whole), hasHead(architecture)]).toEqual([true, false]);
  expect(architectureName(architecture)).toContain("no head");
  expect(withClasses(architecture, 5)).toEqual(whole);

  const before = tf.memory().numTensors;
  const state = randomState(whole);
  const trunk = new Map([...state].filter(([key]) => !key.startsWith(`${layer}.`)));
  const [full, headless] = [frozenNetwork(state, whole), frozenNetwork(trunk, architecture)];
  expect(headless.taps).toEqual(full.taps);
  const images = tf.randomNormal<tf.Rank.R4>([2, 32, 32, 3], 0, 1, "float32", 1);
  for (const { index } of full.taps) {
    const [x, y] = [full.bottom(images, index), headless.bottom(images, index)];
    expect([...y.dataSync()]).toEqual([...x.dataSync()]);
    expect(() => headless.top(y, index)).toThrow(LabError);
    expect(() => headless.traceTop(y, index)).toThrow(LabError);
    tf.dispose([x, y]);
  }
  expect(() => headless.logits(images)).toThrow(/with a head/);
  await checkFiniteLogits(headless, "trunk");
  images.dispose();
  full.dispose();
  headless.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
