/** Sweeps of one layer, from the curves of an experiment. */
import { expect, test } from "vitest";
import {
  defaultSpec,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../../src/experiment/spec";
import { rankChart, shareChart } from "../../../../src/lab/inspector/sections/sweep-charts";
import {
  rankSweep,
  ranksToSweep,
  sharesSwept,
  withRankSweep,
} from "../../../../src/lab/inspector/sections/sweeps";
import { emptyResults, withEvent, type Results } from "../../../../src/lab/session/results/results";
import { found, siteResult, zoo } from "../fakes";
import type { ProbeResult } from "../../../../src/experiment/probes";
import { specSchema } from "../../../../src/experiment/spec";

const usual = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "paper");
const [first] = usual.curves;

function withFamilies(families: readonly Curve["family"][], change: Partial<Curve> = {}): Spec {
  return withOtherCurves(
    usual,
    families.map((family) => ({ ...first, family, ...change })),
  );
}

/** Every curve's penalty at site 2, by its place in the spec. */
function resultsOf(penalties: readonly number[]): Results {
  return penalties.reduce(
    (results, penalty, curve) =>
      withEvent(
        results,
        found(
          { type: "site", result: siteResult(2, { penalty, penaltyStandardError: 0.004 }) },
          curve,
        ),
      ),
    emptyResults,
  );
}

test("shares are swept from the smallest to the affine stitch, wherever the inspector is", () => {
  const spec = withFamilies(["sparse-0.25", "sparse-0.02", "kernel-3", "sparse-0.5"]);
  const results = resultsOf([0.01, 0.03, 0.3, 0.012]);
  for (const curve of [0, 1, 2]) {
    const swept = sharesSwept(spec, results, { curve, site: 2 });
    // Nothing of the last curve is known yet.
    expect(swept.map(({ share, result }) => [share, result.penalty])).toEqual([
      [0.02, 0.3],
      [0.25, 0.03],
      [1, 0.01],
    ]);
  }
});

test("a curve of another bottom or seed is none of the sweep", () => {
  for (const change of [{ bottom: "resnet18-w16-random" }, { seed: 4 }] as const) {
    const spec = withFamilies(["sparse-0.25"], change);
    const swept = sharesSwept(spec, resultsOf([0.01, 0.03]), { curve: 0, site: 2 });
    expect(swept.map(({ share }) => share)).toEqual([1]);
  }
});

test("sparse-1 and the affine stitch are one point", () => {
  const swept = sharesSwept(withFamilies(["sparse-1"]), resultsOf([0.01, 0.01]), {
    curve: 0,
    site: 2,
  });
  expect(swept).toHaveLength(1);
});

test("shares are equal steps, labelled in percent, with weights and errors in the tooltip", () => {
  const chart = shareChart(
    [
      {
        share: 0.025,
        result: siteResult(2, {
          penalty: 0.3125,
          penaltyStandardError: 0.004,
          connections: { kept: 7, of: 256 },
        }),
      },
      { share: 1, result: siteResult(2, { penalty: -0.0025, penaltyStandardError: 0.001 }) },
    ],
    "Penalty",
  );
  expect(chart.x.ticks).toEqual([
    { at: 0, text: "2.5%" },
    { at: 1, text: "100%" },
  ]);
  expect(chart.series[0]?.points).toEqual([
    { x: 0, y: 31.25 },
    { x: 1, y: -0.25 },
  ]);
  expect(chart.positions.map(({ details }) => details)).toEqual([
    ["+31.3 ± 0.4 points", "7 of 256 weights"],
    ["−0.3 ± 0.1 points"],
  ]);
  expect(chart.lines).toMatchObject([{ axis: "y", at: 0 }]);
});

const probe = (role: "top" | "bottom", tap: number, errorByRank: number[]): ProbeResult => ({
  role,
  tap,
  name: `tap ${tap}`,
  representation: "pooled",
  features: 16,
  testError: 0.5,
  testErrorStandardError: 0.01,
  errorByRank,
});

/** Rank 1 and 4 of 16 are swept, and probes read both networks. */
function sweptRanks(): Results {
  const errors = { testError: 0.1, penalty: 0.02, steps: 64, leastSquaresTestError: 0.125 };
  const sites = [errors, { testError: 0.5 }, { testError: 0.875 }, { testError: 0.125 }];
  const events = [
    ...sites.map((fields, curve) => found({ type: "site", result: siteResult(2, fields) }, curve)),
    found({ type: "probe", result: probe("top", 2, [0.75, 0.5]) }),
    found({ type: "probe", result: probe("bottom", 2, [0.8, 0.625]) }),
    found({ type: "probe", result: probe("bottom", 1, [1, 1]) }),
  ];
  return events.reduce(withEvent, emptyResults);
}

const rankSpec = withFamilies(["rank-4", "rank-1", "rank-64"]);

test("ranks are swept up to least squares, next to the probes of the same layer", () => {
  const sweep = rankSweep(rankSpec, sweptRanks(), { curve: 0, site: 2 }, 16);
  expect(sweep).toMatchObject({
    closest: [
      { rank: 1, error: 0.875 },
      { rank: 4, error: 0.5 },
      // A rank beyond the channels is least squares too.
      { rank: 16, error: 0.125 },
    ],
    // Nothing is trained at a lower rank.
    trained: [{ rank: 16, error: 0.1 }],
    probes: {
      top: [
        { rank: 1, error: 0.75 },
        { rank: 2, error: 0.5 },
      ],
      bottom: [
        { rank: 1, error: 0.8 },
        { rank: 2, error: 0.625 },
      ],
    },
  });
  expect(sweep?.top).toBeCloseTo(0.08, 12);
});

test("ranks are a step for each doubling, with every error in the tooltip", () => {
  const sweep = rankSweep(rankSpec, sweptRanks(), { curve: 0, site: 2 }, 16);
  if (!sweep) throw new Error("no sweep");
  const chart = rankChart(sweep, "error");
  expect(chart.x.ticks).toEqual([1, 2, 4, 8, 16].map((rank, at) => ({ at, text: String(rank) })));
  expect(chart.series.map(({ name, points }) => [name, points.map(({ x, y }) => [x, y])])).toEqual([
    ["trained stitch", [[4, 10]]],
    [
      "closest map",
      [
        [0, 87.5],
        [2, 50],
        [4, 12.5],
      ],
    ],
    [
      "probe of the bottom",
      [
        [0, 80],
        [1, 62.5],
      ],
    ],
    [
      "probe of the top",
      [
        [0, 75],
        [1, 50],
      ],
    ],
  ]);
  expect(chart.positions.map(({ at, details }) => [at, details])).toEqual([
    [0, ["closest map 87.5%", "probe of the bottom 80.0%", "probe of the top 75.0%"]],
    [1, ["probe of the bottom 62.5%", "probe of the top 50.0%"]],
    [2, ["closest map 50.0%"]],
    [4, ["trained stitch 10.0%", "closest map 12.5%"]],
  ]);
});

test("ranks to sweep are powers of two, as many as an experiment has curves", () => {
  expect(ranksToSweep(16)).toEqual([1, 2, 4, 8]);
  expect(ranksToSweep(10)).toEqual([1, 2, 4, 8]);
  expect(ranksToSweep(100_000)).toHaveLength(11);
});

test("a sweep keeps what determines the affine stitch, and adds a curve for each rank", () => {
  const control = { ...first, bottom: "resnet18-w16-s1", seed: 3, family: "identity" } as const;
  const spec = withOtherCurves(usual, [control]);
  const swept = withRankSweep(spec, { curve: 1, site: 4 }, zoo.models, 16);
  expect(swept.curves.map(({ family, seed }) => [family, seed])).toEqual([
    ["affine", 3],
    ["trained-rank-1", 3],
    ["trained-rank-2", 3],
    ["trained-rank-4", 3],
    ["trained-rank-8", 3],
  ]);
  expect(swept).toMatchObject({ protocol: "paper", sites: [4], probes: ["pooled"] });
  expect(specSchema.safeParse(swept).success).toBe(true);
  const most = withRankSweep(spec, { curve: 0, site: 4 }, zoo.models, 4096);
  expect(specSchema.safeParse(most).success).toBe(true);
});
