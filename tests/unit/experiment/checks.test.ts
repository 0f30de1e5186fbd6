import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checks } from "../../../src/experiment/checks";
import type { Check, Finding, Subject } from "../../../src/experiment/checks/check";
import type { SiteResult } from "../../../src/experiment/report";
import { defaultSpec, withOtherCurves, type Curve, type Spec } from "../../../src/experiment/spec";

const [first] = defaultSpec("a", "b").curves;
const reverse: Curve = { ...first, top: "b", bottom: "a" };
const untrained: Curve = { ...first, bottom: "random" };
const reseeded: Curve = { ...first, seed: 1 };
const spec = withOtherCurves(defaultSpec("a", "b"), [reverse, untrained, reseeded]);

/** A stitch that changes nothing: of 1,000 images the network gets 100 wrong. */
function copy(site: number): SiteResult {
  return {
    site,
    name: `block ${site}`,
    testError: 0.1,
    penalty: 0,
    penaltyStandardError: 0,
    cka: 1,
    similarity: { linearCka: 1 },
    leastSquaresTestError: 0.1,
    leastSquaresPenaltyStandardError: 0,
    leastSquaresR2: 1,
    leastSquaresRidge: 1e-6,
    condition: 10,
    deadChannels: 0,
    refinement: null,
    steps: 40,
    finalTrainLoss: 0.1,
    errorOverlap: [850, 50, 0, 0, 0, 0, 50, 50],
    departure: {
      images: 1_000,
      outsideAtSite: 0.05,
      outsideAtPenultimate: 0.05,
      distances: [0, 0],
    },
    seconds: 1,
  };
}

/** A bottom that has learned nothing. */
const broken = (site: number): SiteResult => ({
  ...copy(site),
  testError: 0.8,
  penalty: 0.7,
  penaltyStandardError: 0.01,
});

const sites = [2, 5, 8];
const honest: Subject = {
  spec,
  curves: [sites.map(copy), sites.map(copy), sites.map(broken), sites.map(copy)],
  curve: 0,
  isUntrained: ({ bottom }) => bottom === "random",
  classes: 10,
};

function failed(subject: Subject): string[] {
  return Object.entries(checks).flatMap(([name, check]: [string, Check]) =>
    check.find(subject).outcome === "failed" ? [name] : [],
  );
}

/** The same with other results of the first curve. */
function planted(change: (site: SiteResult) => Partial<SiteResult>): Subject {
  const [own = [], ...others] = honest.curves;
  return { ...honest, curves: [own.map((site) => ({ ...site, ...change(site) })), ...others] };
}

describe("an honest copy", () => {
  test("passes every check that says more than a number, with its grid and its ranks", () => {
    const rank4: Curve = { ...first, family: "rank-4" };
    const ranked = withOtherCurves(spec, [reverse, untrained, reseeded, rank4]);
    const subject = { ...honest, spec: ranked, curves: [...honest.curves, sites.map(copy)] };
    const outcomes = Object.entries(checks).map(([name, check]: [string, Check]) => [
      name,
      check.find(name === "diagonal" ? grid(() => copy(0)) : subject).outcome,
    ]);
    expect(Object.fromEntries(outcomes)).toEqual({
      bothWays: "passed",
      controls: "passed",
      distribution: "passed",
      matched: "passed",
      errors: "passed",
      stitchSeeds: "passed",
      diagonal: "passed",
      rank: "noted",
    });
  });
});

describe("a planted fault fails the right check, and only that one", () => {
  test("a pair that fits one way alone", () => {
    const [own = [], , ...others] = honest.curves;
    const curves = [own, sites.map(broken), ...others];
    expect(failed({ ...honest, curves })).toEqual(["bothWays"]);
    expect(checks.bothWays.find({ ...honest, curves }).measured).toBe(
      "The directions differ most at block 2: +0.0 points this way, +70.0 the other way.",
    );
  });

  test("a control that does as well", () => {
    const [own = [], back = [], , again = []] = honest.curves;
    const curves = [own, back, sites.map(copy), again];
    expect(failed({ ...honest, curves })).toEqual(["controls"]);
  });

  test("a stitch out of the top's distribution, at the site or at the last layer", () => {
    for (const place of ["outsideAtSite", "outsideAtPenultimate"] as const) {
      const subject = planted(({ site, departure }) =>
        departure && site === 5 ? { departure: { ...departure, [place]: 0.6 } } : {},
      );
      expect(failed(subject)).toEqual(["distribution"]);
      expect(checks.distribution.find(subject).measured).toMatch(/60\.0% .*block 5/);
    }
  });

  test("a stitch that only training for the task finds", () => {
    const subject = planted(({ site }) => (site === 2 ? { leastSquaresTestError: 0.5 } : {}));
    expect(failed(subject)).toEqual(["matched"]);
    expect(checks.matched.find(subject).measured).toBe(
      "Training helps most at block 2: +0.0 points, +40.0 by least squares.",
    );
  });

  test("a stitched network with errors of its own", () => {
    // As many errors as the top makes, on other images.
    const subject = planted(() => ({ errorOverlap: [750, 50, 50, 50, 100, 0, 0, 0] }));
    expect(failed(subject)).toEqual(["errors"]);
    expect(checks.errors.find(subject).measured).toContain("100.0% of the stitched network’s");
  });

  test("a stitch that depends on its seed", () => {
    const [own = [], back = [], control = []] = honest.curves;
    const worse = sites.map((site) => ({ ...copy(site), penalty: 0.06, testError: 0.16 }));
    const subject = { ...honest, curves: [own, back, control, worse] };
    expect(failed(subject)).toEqual(["stitchSeeds"]);
    expect(checks.stitchSeeds.find(subject).measured).toBe(
      "2 seeds differ most at block 2: +0.0 to +6.0 points.",
    );
  });

  test("later layers that fit into every earlier one", () => {
    const subject = grid((bottomTap) => ({ ...copy(0), penalty: 0.3 - 0.1 * bottomTap }));
    expect(failed(subject)).toEqual(["diagonal"]);
    expect(checks.diagonal.find(subject).measured).toMatch(/^For 1 of 3 layers/);
  });
});

describe("what was not measured", () => {
  test("is asked for, check by check, and nothing is judged", () => {
    const bare: Subject = {
      ...honest,
      spec: defaultSpec("a", "b"),
      curves: [sites.map((site) => without(copy(site)))],
    };
    const found = Object.entries(checks).map(([name, check]: [string, Check]) => {
      const { outcome, remedy }: Finding = check.find(bare);
      return [name, `${outcome} ${remedy ?? ""}`.trim()];
    });
    expect(Object.fromEntries(found)).toEqual({
      bothWays: "unknown other way",
      controls: "unknown controls",
      distribution: "unknown departure",
      matched: "passed",
      errors: "unknown run",
      stitchSeeds: "unknown seeds",
      diagonal: "unknown grid",
      rank: "unknown ranks",
    });
  });

  test("without any result, every check says so or asks for more", () => {
    const empty: Subject = { ...honest, curves: [] };
    const outcomes = Object.values(checks).map((check: Check) => check.find(empty).outcome);
    expect(new Set(outcomes)).toEqual(new Set(["unknown"]));
  });

  test("a network stitched to itself is the same both ways", () => {
    const self: Spec = defaultSpec("a", "a");
    expect(checks.bothWays.find({ ...honest, spec: self }).outcome).toBe("passed");
  });
});

test("docs/reading-a-result.md has every check with its threshold, meaning and source", () => {
  const file = resolve(import.meta.dirname, "../../../docs/reading-a-result.md");
  const text = readFileSync(file, "utf8").replace(/\s+/g, " ");
  for (const { title, threshold, meaning, source } of Object.values<Check>(checks)) {
    for (const part of [title, threshold, meaning, source]) {
      if (part !== null) expect(text).toContain(part);
    }
  }
});

function without({ errorOverlap: _, departure: __, ...rest }: SiteResult): SiteResult {
  return rest;
}

/** Three layers, each stitched with each. */
function grid(at: (bottomTap: number) => SiteResult): Subject {
  const places = [0, 1, 2].flatMap((top) => [0, 1, 2].map((bottom) => [bottom, top] as const));
  const results = places.map(([bottom, top], site): SiteResult => ({
    ...at(bottom),
    site,
    taps: [bottom, top],
  }));
  return { ...honest, spec: { ...defaultSpec("a", "b"), layout: "grid" }, curves: [results] };
}
