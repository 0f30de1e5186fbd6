/**
 * Whole experiments with stitch families and perturbed bottoms, on the tiny networks and real
 * threads.
 */
import { expect, test } from "vitest";
import { runExperiment } from "../../../../src/engine/host/run";
import type { ExperimentEvent } from "../../../../src/experiment/events";
import type { Family } from "../../../../src/experiment/family";
import type { CurveReport, Report } from "../../../../src/experiment/report";
import {
  specSchema,
  withFirstCurve,
  withOtherCurves,
  type Spec,
} from "../../../../src/experiment/spec";
import { tinyDeps, tinySpec, watchedStore } from "../tiny-experiment";

const usual: Spec = { ...tinySpec("tiny-a", "tiny-b"), trainImages: 300, sites: "all" };
const glance: Spec = { ...usual, protocol: "glance", epochs: 0 };

async function reportOf(spec: Spec, store = watchedStore()): Promise<Report> {
  let last: ExperimentEvent | undefined;
  for await (const event of runExperiment(spec, await tinyDeps(spec, { store }))) last = event;
  if (last?.type !== "finished") throw new Error("no report");
  return last.report;
}

function withFamilies(spec: Spec, families: readonly Family[]): Spec {
  const [first] = spec.curves;
  return specSchema.parse(
    withOtherCurves(
      spec,
      families.map((family) => ({ ...first, family })),
    ),
  );
}

const penalties = ({ sites }: CurveReport): number[] => sites.map(({ penalty }) => penalty);

test("the identity below a network's own top costs nothing, nor does any family that contains it", async () => {
  const self = withFirstCurve(usual, { bottom: "tiny-a", family: "identity" });
  const report = await reportOf(withFamilies(self, ["permutation", "orthogonal"]));
  expect(report.curves).toHaveLength(3);
  for (const curve of report.curves) {
    expect(curve.sites.length).toBeGreaterThan(1);
    for (const tap of curve.sites) {
      // An orthogonal map is rounded; an image on the edge may fall either way.
      expect(Math.abs(tap.penalty)).toBeLessThanOrEqual(0.01);
      expect(tap.familyR2).toBeCloseTo(1, 4);
      expect(tap.steps).toBe(0);
    }
  }
  const [identity] = report.curves;
  expect(penalties(identity)).toEqual(identity.sites.map(() => 0));
});

test("full rank gives the least-squares stitch; rank 1 explains less", async () => {
  const report = await reportOf(withFamilies(glance, ["rank-999", "rank-1"]));
  const [leastSquares, full, one] = report.curves;
  if (!full || !one) throw new Error("a curve is missing");
  full.sites.forEach((tap, k) => {
    expect(tap.testError).toBe(leastSquares.sites[k]?.testError);
    expect(tap.familyR2).toBeCloseTo(leastSquares.sites[k]?.leastSquaresR2 ?? NaN, 9);
    expect(one.sites[k]?.familyR2 ?? NaN).toBeLessThan(tap.familyR2 ?? NaN);
  });
});

test("a closed-form family trains nothing under any protocol, and shares the passes", async () => {
  const store = watchedStore();
  await reportOf(withFirstCurve(usual, { family: "orthogonal" }), store);
  expect(store.kept).not.toContain("stitch");
  expect(store.kept.filter((type) => type === "family")).toHaveLength(1);
  const before = store.kept.length;
  await reportOf(withFirstCurve(usual, { family: "permutation" }), store);
  expect(store.kept.slice(before)).toEqual(["family"]);
});

test("where a family has no stitch, the tap fails with the reason, and the others continue", async () => {
  // Every tap of the bottom with every tap of the top: channels differ off the diagonal.
  const grid: Spec = { ...glance, layout: "grid" };
  const report = await reportOf(withFirstCurve(grid, { family: "permutation" }));
  const { sites, failures } = report.curves[0];
  expect(failures?.length).toBeGreaterThan(0);
  for (const { reason, found } of failures ?? []) {
    expect(reason).toBe("no-such-stitch");
    expect(found).toMatch(/channels.*: \d+ and \d+/);
  }
  expect(sites.length).toBeGreaterThan(0);
});

test("a perturbed bottom is another experiment: CKA falls with noise and stays with shuffling", async () => {
  const self = withFirstCurve(glance, { bottom: "tiny-a" });
  const [first] = self.curves;
  const perturbed = (["noise-8", "shuffled"] as const).map((perturbation) => ({
    ...first,
    perturbation,
  }));
  const report = await reportOf(withOtherCurves(self, perturbed));
  const [plain, noise, shuffled] = report.curves;
  if (!noise || !shuffled) throw new Error("a curve is missing");
  const ckas = ({ sites }: CurveReport): number[] => sites.map(({ cka }) => cka ?? NaN);
  for (const cka of ckas(plain)) expect(cka).toBeCloseTo(1, 4);
  for (const cka of ckas(shuffled)) expect(cka).toBeCloseTo(1, 4);
  for (const cka of ckas(noise)) expect(cka).toBeLessThan(0.99);
});

test("the protocol glance has no larger kernels, since they need training", () => {
  const kernel = withFirstCurve(glance, { family: "kernel-3" });
  expect(specSchema.safeParse(kernel).error?.issues[0]?.path).toEqual(["family"]);
  for (const protocol of ["paper", "quick"]) {
    expect(specSchema.safeParse({ ...kernel, protocol, epochs: 1 }).success).toBe(true);
  }
  const other = { ...glance.curves[0], seed: 1, family: "kernel-5" } as const;
  const second = specSchema.safeParse(withOtherCurves(glance, [other]));
  expect(second.error?.issues[0]?.path).toEqual(["family"]);
});

test("a larger kernel is a curve next to the paper's own stitch", async () => {
  const paper: Spec = { ...usual, protocol: "paper", epochs: 1, trainImages: 256, sites: [1] };
  const report = await reportOf(withFamilies(paper, ["kernel-3"]));
  const [first, kernel] = report.curves;
  expect(kernel?.sites[0]?.steps).toBe(2);
  expect(kernel?.sites[0]?.finalTrainLoss).not.toBe(first.sites[0]?.finalTrainLoss);
  expect(kernel?.sites[0]?.cka).toBe(first.sites[0]?.cka);
});
