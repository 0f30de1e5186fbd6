/** The measures of similarity that an experiment takes, by PyTorch's CKA of the same images. */
import { describe, expect, test } from "vitest";
import * as z from "../../../src/core/schema";
import { measures } from "../../../src/core/similarity/measures";
import { restoreExperiment } from "../../../src/engine/host/restore";
import type { ResultStore } from "../../../src/engine/host/result-store";
import { runExperiment, type RunDeps } from "../../../src/engine/host/run";
import type { TaskResult } from "../../../src/engine/kinds/registry";
import type { ExperimentEvent } from "../../../src/experiment/events";
import { reportSchema, type Report } from "../../../src/experiment/report";
import {
  defaultSpec,
  withPermutations,
  withSimilarityImages,
  type Spec,
} from "../../../src/experiment/spec";
import { fixture, weightsSchema } from "../fixtures";
import { tinyDeps, watchedStore } from "./tiny-experiment";

const { images, pairs } = fixture(
  "similarity",
  z.object({
    images: z.int(),
    pairs: z.array(
      z.object({
        bottom: weightsSchema,
        top: weightsSchema,
        cka: z.array(z.number()),
        ckaOnTrain: z.array(z.number()),
      }),
    ),
  }),
);
const tiny = pairs.find(({ top }) => top.id === "tiny-a");
if (!tiny) throw new Error("no tiny pair");
const onTest: Spec = {
  ...defaultSpec("tiny-a", "tiny-b", "glance"),
  trainImages: images,
  testImages: images,
};
const onTrain = withSimilarityImages(onTest, "train");

async function eventsOf(spec: Spec, deps: Partial<RunDeps> = {}): Promise<ExperimentEvent[]> {
  const events: ExperimentEvent[] = [];
  for await (const event of runExperiment(spec, await tinyDeps(spec, deps))) events.push(event);
  return events;
}

async function reportOf(spec: Spec, deps: Partial<RunDeps> = {}): Promise<Report> {
  const last = (await eventsOf(spec, deps)).at(-1);
  if (last?.type !== "finished") throw new Error("no report");
  return last.report;
}

describe.each(["wasm", "cpu"] as const)("on %s", (backend) => {
  test.each([
    ["test", onTest, tiny.cka],
    ["training", onTrain, tiny.ckaOnTrain],
  ])("CKA is PyTorch's of the %s images", async (_, spec, expected) => {
    const [{ sites }] = (await reportOf(spec, { backend })).curves;
    expect(sites).toHaveLength(expected.length);
    for (const [k, { cka }] of sites.entries()) expect(cka).toBeCloseTo(expected[k] ?? NaN, 5);
  });
});

test("only what is measured on other images is computed again", async () => {
  const store = watchedStore();
  const before = await reportOf(onTest, { store });
  const kept = store.kept.length;
  const after = await reportOf(onTrain, { store });
  expect(new Set(store.kept.slice(kept))).toEqual(new Set(["similarity", "measures"]));
  const penalties = (report: Report): number[] => report.curves[0].sites.map((one) => one.penalty);
  expect(penalties(after)).toEqual(penalties(before));
});

test("similarity alone is computed without stitches, and an experiment finds it", async () => {
  const store = watchedStore();
  const events = await eventsOf(onTest, { store, only: "similarity" });
  expect(new Set(store.kept)).toEqual(new Set(["similarity", "measures"]));
  // The sums are as good as the measures only while a run lasts.
  expect(store.has("similarity")).toBe(false);
  expect(events.map(({ type }) => type)).not.toContain("finished");
  const found = events.flatMap((event) =>
    event.type === "curve" && event.event.type === "similarity" ? [event.event] : [],
  );
  const kept = store.kept.length;
  const [{ sites }] = (await reportOf(onTest, { store })).curves;
  expect(store.kept.slice(kept)).not.toContain("measures");
  expect(found.map(({ similarity }) => similarity)).toEqual(
    sites.map(({ similarity }) => similarity),
  );
  expect(Object.keys(found[0]?.similarity ?? {})).toEqual(Object.keys(measures));
});

test("permutations add a null, change no other number and leave stored results as they are", async () => {
  const store = watchedStore();
  const before = await reportOf(onTest, { store });
  const kept = store.kept.length;
  const permuted = withPermutations(onTest, 200);
  const after = await reportOf(permuted, { store });
  expect(reportSchema.parse(JSON.parse(JSON.stringify(after)))).toEqual(after);
  expect(new Set(store.kept.slice(kept))).toEqual(new Set(["similarity", "measures"]));
  const withoutNull = after.curves[0].sites.map(({ similarityNull, ...rest }) => {
    expect(Object.keys(similarityNull ?? {})).toEqual([
      "linearCka",
      "biasedLinearCka",
      "rbfCka",
      "mutualNeighbours",
      "cknna",
    ]);
    return rest;
  });
  expect(withoutNull).toEqual(before.curves[0].sites);
  // Both experiments are found again.
  const found = store.kept.length;
  expect(await reportOf(onTest, { store })).toEqual(before);
  expect(await reportOf(permuted, { store })).toEqual(after);
  expect(store.kept).toHaveLength(found);
});

test("measures that an older version stored with the stitches are found", async () => {
  const store = watchedStore();
  const report = await reportOf(onTrain, { store });
  const [{ sites }] = report.curves;
  // Older versions had no tasks for similarity.
  const older: ResultStore = {
    ...store,
    async get(key) {
      const result = (await store.get(key)) as TaskResult | undefined;
      if (result?.type === "similarity" || result?.type === "measures") return undefined;
      if (result?.type !== "least-squares") return result;
      return {
        ...result,
        sites: result.sites.map((outcome) => {
          const similarity = sites.find(({ site }) => site === outcome.site)?.similarity ?? null;
          return outcome.outcome === "scored" ? { ...outcome, similarity } : outcome;
        }),
      };
    },
  };
  const lastOf = async (spec: Spec): Promise<ExperimentEvent | undefined> => {
    const deps = await tinyDeps(spec, { store: older });
    let last: ExperimentEvent | undefined;
    for await (const event of restoreExperiment(spec, deps)) last = event;
    return last;
  };
  expect(await lastOf(onTrain)).toEqual({ type: "finished", report });
  expect((await lastOf(onTest))?.type).not.toBe("finished");
});
