import { expect, test } from "vitest";
import type { Curve, Spec } from "../../../../../src/experiment/spec";
import { withFirstCurve } from "../../../../../src/experiment/spec";
import {
  curvesLeft,
  withCurve,
  withoutCurve,
} from "../../../../../src/lab/session/experiment/curves";
import {
  withModel,
  withProtocol,
  withSites,
  withStitch,
  withStitchesFor,
  withValue,
} from "../../../../../src/lab/session/experiment/edits";
import { model, zoo } from "../../fakes";
import { bareSpec } from "../opened-session";

test("other curves follow the top that they shared, without duplicates", () => {
  const [top, bottom] = ["resnet18-w16-s0", "resnet18-w16-s1"];
  const plain = { top, seed: 0, family: "affine", perturbation: "none" };
  const alone = withFirstCurve(bareSpec(), { top, bottom });
  const spec = withCurve(alone, { bottom: "myrtle-w16-s1" }, zoo.models);
  const others = ({ curves }: Spec): readonly Curve[] => curves.slice(1);
  expect(spec.curves[0]).toEqual(alone.curves[0]);
  expect(others(spec)).toEqual([{ ...plain, bottom: "myrtle-w16-s1" }]);
  expect(withCurve(spec, { bottom }, zoo.models)).toEqual(spec);
  const moved = withModel(spec, "top", "myrtle-w16-s0", zoo.models);
  expect(others(moved)[0]?.top).toBe("myrtle-w16-s0");
  // What was another curve is now the first one.
  expect(others(withModel(spec, "bottom", "myrtle-w16-s1", zoo.models))).toEqual([]);
  expect(withValue(spec, "seed", 3, zoo.models).curves.map(({ seed }) => seed)).toEqual([3, 3]);
  expect(others(withoutCurve(spec, 0))).toEqual([]);
  const left = curvesLeft(spec, zoo.models);
  expect(left.controls.map(({ id }) => id)).toEqual([top]);
  expect(left.bottoms.map(({ id }) => id)).toEqual([top, "myrtle-w16-s0"]);
  expect(left.otherWay).toBe(true);
  expect(left.families).toContain("orthogonal");
  // Larger kernels must be trained.
  const glance = withProtocol(spec, "glance", zoo.models);
  expect(curvesLeft(glance, zoo.models).families).not.toContain("kernel-3");
  const paper = withProtocol(spec, "paper", zoo.models);
  expect(curvesLeft(paper, zoo.models).families).toContain("kernel-3");
  const kernels = withCurve(paper, { family: "kernel-3" }, zoo.models);
  expect(others(kernels)).toHaveLength(2);
  expect(others(withProtocol(kernels, "glance", zoo.models))).toEqual(others(spec));
});

test("an objective takes affine stitches and the protocol that it needs, and they take it back", () => {
  const first = ({ curves }: Spec): Curve => curves[0];
  const paper = withProtocol(bareSpec(), "paper", zoo.models);
  const kernels = withStitch(paper, { family: "kernel-3" }, zoo.models);
  const matched = withStitchesFor(kernels, "match", zoo.models);
  expect(matched.protocol).toBe("quick");
  expect(first(matched)).toMatchObject({ family: "affine", objective: "match" });
  expect(first(withStitchesFor(matched, "task", zoo.models))).toEqual({
    ...first(kernels),
    family: "affine",
  });
  const orthogonal = withStitch(matched, { family: "orthogonal" }, zoo.models);
  expect(first(orthogonal)).toEqual({ ...first(kernels), family: "orthogonal" });
  const shuffled = withStitch(matched, { perturbation: "shuffled" }, zoo.models);
  expect(first(shuffled).objective).toBe("match");
  const glance = withProtocol(matched, "glance", zoo.models);
  expect(first(glance)).toEqual({ ...first(kernels), family: "affine" });
  expect(curvesLeft(matched, zoo.models).objectives).toEqual([
    "functional",
    "penultimate",
    "shuffled-labels",
  ]);
  expect(withStitchesFor(paper, "shuffled-labels", zoo.models).protocol).toBe("paper");
});

test("a fresh top and class-clustered noise replace each other", () => {
  const first = ({ curves }: Spec): Curve => curves[0];
  const fresh = withStitch(bareSpec(), { family: "fresh-top" }, zoo.models);
  const noise = withStitch(fresh, { perturbation: "class-noise" }, zoo.models);
  expect(first(noise)).toMatchObject({ family: "affine", perturbation: "class-noise" });
  expect(withStitch(noise, { family: "fresh-top" }, zoo.models)).toEqual(fresh);
});

test("an untrained network is a control only if it has the bottom's architecture", () => {
  const untrained = ["resnet18-w16-random", "myrtle-w16-random"].map((id) => {
    const known = model(id);
    return { ...known, training: { ...known.training, epochs: 0 } };
  });
  const { controls, bottoms } = curvesLeft(bareSpec(), [...zoo.models, ...untrained]);
  const [{ top }] = bareSpec().curves;
  expect(controls.map(({ id }) => id)).toEqual([top, "resnet18-w16-random"]);
  expect(bottoms.map(({ id }) => id)).toContain("myrtle-w16-random");
});

test("a network with fewer sites leaves out the missing ones", () => {
  const spec = { ...bareSpec(), sites: [0, 3, 8] };
  expect(withModel(spec, "top", "myrtle-w16-s0", zoo.models).sites).toEqual([0, 3]);
  expect(withSites(spec, [], 9).sites).toBe("all");
  expect(withSites(spec, [0, 1, 2, 3, 4, 5, 6, 7, 8], 9).sites).toBe("all");
});

test("a curve without the sites asked for cannot be added", () => {
  const asking = { ...bareSpec(), sites: [0, 8] };
  const shorter = { bottom: "myrtle-w16-s1", top: "myrtle-w16-s0" };
  expect(withCurve(asking, shorter, zoo.models)).toEqual(asking);
  expect(withCurve({ ...asking, sites: [0, 3] }, shorter, zoo.models).curves).toHaveLength(2);
  expect(withCurve(bareSpec(), shorter, zoo.models).curves).toHaveLength(2);
  // The sites shrink with the first curve's networks before the others are judged.
  const both = withCurve(asking, { bottom: "resnet18-w16-s0" }, zoo.models);
  expect(withModel(both, "top", "myrtle-w16-s0", zoo.models)).toMatchObject({
    sites: [0],
    curves: [{ top: "myrtle-w16-s0" }, { top: "myrtle-w16-s0" }],
  });
});
