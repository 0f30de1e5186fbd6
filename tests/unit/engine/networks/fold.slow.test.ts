import { expect, test } from "vitest";
import { foldStitched, type StitchedSite } from "../../../../src/engine/host/fold";
import { runExperiment } from "../../../../src/engine/host/run";
import { curvesOf, defaultSpec, withFirstCurve, type Spec } from "../../../../src/experiment/spec";
import { metadataOf } from "../../../../src/core/weights/safetensors";
import { tinyDeps, watchedStore } from "../tiny-experiment";

const glance: Spec = {
  ...defaultSpec("tiny-a", "tiny-b", "glance"),
  trainImages: 256,
  testImages: 64,
  sites: [1],
};
const paper: Spec = { ...glance, protocol: "paper", epochs: 1 };

function requestFor(spec: Spec, site = 1): StitchedSite {
  return { spec: curvesOf(spec)[0], site, name: "network", about: { experiment: "#v=3" } };
}

test.each([
  ["trained", paper],
  ["least-squares", glance],
  ["rank-limited", withFirstCurve(glance, { family: "rank-2" })],
] as const)("a %s stitch is written from stored data, without training", async (_, spec) => {
  const store = watchedStore();
  const deps = await tinyDeps(spec, { store });
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "curve") expect(event.event.type).not.toBe("site-failed");
  }
  const before = store.kept.length;
  const { bytes, largestDifference, tolerance, images } = await foldStitched(
    requestFor(spec),
    deps,
  );
  expect(largestDifference).toBeLessThanOrEqual(tolerance);
  expect(images).toBe(64);
  expect(metadataOf(bytes, "network").get("experiment")).toBe("#v=3");
  expect(store.kept).toHaveLength(before);
});

test("a missing stitch is reported, with how to get it", async () => {
  await expect(foldStitched(requestFor(paper), await tinyDeps(paper))).rejects.toMatchObject({
    code: "not-found",
    input: "network",
    found: "none; press Run to compute it here",
  });
});

test("a perturbed bottom, or layers that do not correspond, make no plain network", async () => {
  for (const perturbation of ["shuffled", "class-noise"] as const) {
    const spec = withFirstCurve(glance, { perturbation });
    await expect(foldStitched(requestFor(spec), await tinyDeps(spec))).rejects.toMatchObject({
      code: "bad-input",
      expected: "corresponding layers and an unperturbed bottom",
      found: perturbation,
    });
  }
  const grid: Spec = { ...glance, layout: "grid" };
  await expect(foldStitched(requestFor(grid), await tinyDeps(grid))).rejects.toMatchObject({
    code: "bad-input",
    found: "stem into block 1",
  });
});
