/** Linear probes in a whole experiment, by PyTorch's probes of the same images. */
import { describe, expect, test } from "vitest";
import { probeRepresentations } from "../../../src/core/linear-head/representation";
import * as z from "../../../src/core/schema";
import { runExperiment, type RunDeps } from "../../../src/engine/host/run";
import { restoreExperiment } from "../../../src/engine/host/restore";
import type { ExperimentEvent } from "../../../src/experiment/events";
import { reportSchema, type Report } from "../../../src/experiment/report";
import { defaultSpec, withProbes, type Spec } from "../../../src/experiment/spec";
import { fixture } from "../fixtures";
import { tinyDeps, watchedStore } from "./tiny-experiment";

const witness = fixture(
  "probes",
  z.object({
    trainImages: z.int(),
    testImages: z.int(),
    probes: z.array(
      z.object({
        model: z.string(),
        tap: z.int(),
        representation: z.enum(probeRepresentations),
        features: z.int(),
        wrong: z.int(),
      }),
    ),
  }),
);
const plain: Spec = {
  ...defaultSpec("tiny-a", "tiny-b", "glance"),
  trainImages: witness.trainImages,
  testImages: witness.testImages,
  sites: [1, 3],
};
const probed = withProbes(plain, probeRepresentations);

async function reportOf(
  spec: Spec,
  deps: Partial<RunDeps> = {},
): Promise<{ readonly report: Report; readonly events: readonly ExperimentEvent[] }> {
  const events: ExperimentEvent[] = [];
  for await (const event of runExperiment(spec, await tinyDeps(spec, deps))) events.push(event);
  const last = events.at(-1);
  if (last?.type !== "finished") throw new Error("no report");
  return { report: last.report, events };
}

describe.each(["wasm", "cpu"] as const)("on %s", (backend) => {
  test("probes of the layers asked for have PyTorch’s errors, each as an event and in the report", async () => {
    const { report, events } = await reportOf(probed, { backend });
    expect(reportSchema.parse(report)).toEqual(report);
    const { probes = [] } = report.curves[0];
    expect(probes).toHaveLength(8);
    const arrived = events.flatMap((event) =>
      event.type === "curve" && event.event.type === "probe" ? [event.event.result] : [],
    );
    expect(new Set(arrived)).toEqual(new Set(probes));
    const ofTop = probes.filter(({ role }) => role === "top");
    expect(ofTop.map(({ tap }) => tap)).toEqual([1, 3, 1, 3]);
    for (const { tap, representation, features, testError, testErrorStandardError } of ofTop) {
      const expected = witness.probes.find(
        (other) =>
          other.model === "tiny-a" && other.tap === tap && other.representation === representation,
      );
      expect(features).toBe(expected?.features);
      // One image may lie on the border of two classes within rounding.
      const wrong = testError * witness.testImages;
      expect(Math.abs(wrong - (expected?.wrong ?? NaN))).toBeLessThanOrEqual(1.01);
      const variance = testError * (1 - testError);
      expect(testErrorStandardError).toBeCloseTo(Math.sqrt(variance / witness.testImages), 12);
    }
  });
});

test("probes change no other number, and with them the results of the experiment without are found", async () => {
  const store = watchedStore();
  const { report: before } = await reportOf(plain, { store });
  expect(before.curves[0].probes).toBeUndefined();
  const kept = store.kept.length;
  const { report: after } = await reportOf(probed, { store });
  expect(new Set(store.kept.slice(kept))).toEqual(new Set(["probe"]));
  const [{ probes, ...rest }] = after.curves;
  expect(probes).toHaveLength(8);
  expect(rest).toEqual(before.curves[0]);
});

test("stored probes are found again, and a network stitched to itself has them in both roles", async () => {
  const store = watchedStore();
  const self = withProbes({ ...plain, curves: defaultSpec("tiny-a", "tiny-a", "glance").curves }, [
    "pooled",
  ]);
  const { report } = await reportOf(self, { store });
  expect(store.kept.filter((type) => type === "probe")).toHaveLength(2);
  const { probes = [] } = report.curves[0];
  const errors = (role: string): unknown =>
    probes.filter((probe) => probe.role === role).map(({ tap, testError }) => [tap, testError]);
  expect(errors("bottom")).toEqual(errors("top"));
  expect(probes).toHaveLength(4);
  const restored: ExperimentEvent[] = [];
  for await (const event of restoreExperiment(self, await tinyDeps(self, { store }))) {
    restored.push(event);
  }
  expect(restored.at(-1)).toEqual({ type: "finished", report });
});
