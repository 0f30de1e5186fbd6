/** Verdicts on reports that are made up: what a claim reads of a report, and at which numbers it holds. */
import { expect, test } from "vitest";
import { claims } from "../../../src/experiment/figures/claims";
import { presets, type PresetName } from "../../../src/experiment/figures";
import type { ProbeResult } from "../../../src/experiment/probes";
import type { Report, SiteResult } from "../../../src/experiment/report";
import { curveReport, siteResult } from "../lab/fakes";

const reportOf = (name: PresetName, curves: readonly (readonly SiteResult[])[]): Report => {
  const { spec } = presets[name];
  const [first, ...others] = curves.map((sites, k) =>
    curveReport(spec.curves[k] ?? spec.curves[0], sites),
  );
  if (!first) throw new Error("no curve");
  return {
    ...{ format: "stitch-lab-report-3", spec, backend: "wasm", adapter: null },
    curves: [first, ...others],
  };
};
const verdictsOn = (name: PresetName, report: Report) =>
  claims[name].map(({ verdict }) => verdict(report));

/** Sites 2, 4 and 6 with these penalties, known to 0.1 points. */
const at = (penalties: readonly number[], fields: Partial<SiteResult> = {}) =>
  penalties.map((penalty, k) =>
    siteResult(2 * (k + 1), {
      penalty,
      testError: 0.1 + penalty,
      penaltyStandardError: 0.001,
      ...fields,
    }),
  );

test("a kernel that costs or gains more than 2 points is found, whichever it is", () => {
  const plain = at([0.05, 0.04, 0.03]);
  const same = [plain, plain, plain, plain];
  expect(verdictsOn("scratch", reportOf("scratch", [plain, ...same]))[0]?.holds).toBe(true);
  const costly = [plain, plain, plain, at([0.05, 0.08, 0.03]), plain];
  expect(verdictsOn("scratch", reportOf("scratch", costly))[0]).toEqual({
    ours: "7 × 7 costs +4.0 ± 0.1 at block 4",
    holds: false,
  });
  const gaining = [plain, at([0.05, 0.04, -0.01]), plain, plain, plain];
  expect(verdictsOn("scratch", reportOf("scratch", gaining))[0]).toEqual({
    ours: "3 × 3 gains +4.0 ± 0.1 at block 6",
    holds: false,
  });
});

test("noise misleads where it costs less than an honest bottom, shuffled labels where they gain", () => {
  const leastSquares = { leastSquaresTestError: 0.2, leastSquaresPenaltyStandardError: 0.001 };
  const seed = at([0.05, 0.04, 0.03]);
  const judged = (noise: readonly number[], shuffled: readonly number[]) =>
    verdictsOn("mislead", reportOf("mislead", [seed, at(noise), at(shuffled, leastSquares), seed]));
  expect(judged([0.5, 0.04, -0.02], [0.1, 0.2, 0.3])).toEqual([
    { ours: "less at 1 of 3 layers, at best by −5.0 ± 0.1 at block 6", holds: true },
    { ours: "at best +0.0 ± 0.1 at block 2", holds: true },
    { ours: "at most +5.0 ± 0.1 at block 2", holds: true },
  ]);
  const [noise, shuffled] = judged([0.5, 0.04, 0.03], [0.1, 0.09, 0.3]);
  expect(noise?.holds).toBe(false);
  expect(shuffled).toEqual({ ours: "at best −1.0 ± 0.1 at block 4", holds: false });
});

test("a stitch from random weights is compared with least squares, not with the top", () => {
  const leastSquares = { leastSquaresTestError: 0.14, leastSquaresPenaltyStandardError: 0 };
  const judged = (penalty: number) => {
    const sites = at([penalty, 0, 0], leastSquares);
    return verdictsOn("scratch", reportOf("scratch", [sites, sites, sites, sites, sites]))[1];
  };
  // Least squares costs 4 points.
  expect(judged(0.05)).toEqual({ ours: "+1.0 ± 0.1 at block 2 at most", holds: true });
  expect(judged(0.07)?.holds).toBe(false);
});

test("a stitch and a probe of the same rank are compared by what they lose", () => {
  const probe = (tap: number, errorByRank: number[]): ProbeResult => ({
    ...{ role: "bottom", tap, name: `block ${tap}`, representation: "pooled", features: 16 },
    ...{ testError: 0.4, testErrorStandardError: 0.001, errorByRank },
  });
  const curves = [0, 0.4, 0.3, 0.05, 0.01].map((more) => at([more, 0, more]));
  const report = reportOf("ranks", curves);
  const probes = [
    probe(2, [0.8, 0.6, 0.5, 0.45, 0.4]),
    probe(4, [0.8, 0.6, 0.5, 0.45, 0.4]),
    probe(6, [0.8, 0.7, 0.7, 0.69, 0.4]),
  ];
  const [first, ...others] = report.curves;
  const verdicts = verdictsOn("ranks", { ...report, curves: [{ ...first, probes }, ...others] });
  // Rank 4: the stitch loses 30 points; the probe 5 at block 2, and 29 at block 6.
  expect(verdicts.map(({ holds }) => holds)).toEqual([true, true, true]);
  expect(verdicts[1]?.ours).toMatch(/^stitch \+30\.0, probe \+5\.0 .* at block 2$/);
  expect(verdicts[2]?.ours).toMatch(/^stitch \+30\.0, probe \+29\.0 .* at block 6$/);
  expect(() => verdictsOn("ranks", report)).toThrow(/a probe of rank 16 at block 2/);
});

test("frozen layers are judged against training everything, and against untrained ones", () => {
  const [stitched, untrained] = [at([0.01, 0.01, 0.01]), at([0.1, 0.2, 0.3])];
  const frozen = at([0.01, 0.02, 0.03]);
  const close = reportOf("freezing", [stitched, stitched, frozen, untrained]);
  expect(verdictsOn("freezing", close).map(({ holds }) => holds)).toEqual([true, true, true, true]);
  const costly = [at([0, 0.04, 0]), at([0.04, 0, 0]), at([0.01, 0.3, 0.04])];
  const far = verdictsOn("freezing", reportOf("freezing", [...costly, untrained]));
  expect(far.map(({ holds }) => holds)).toEqual([false, false, false, false]);
  expect(far[2]?.ours).toBe("at most +30.0 ± 0.1 at block 4");
});

test("the widest loss of the wider bottoms counts, with its name, and no control's", () => {
  const [good, worse, untrained] = [at([0, 0, -0.005]), at([0.02, 0, 0]), at([0.5, 0.6, 0.7])];
  const verdicts = verdictsOn("width", reportOf("width", [good, good, untrained, worse]));
  expect(verdicts[0]).toEqual({
    ours: "at most +2.0 ± 0.1 at block 2, with 32 filters",
    holds: false,
  });
  expect(verdicts.slice(1).map(({ holds }) => holds)).toEqual([true, true]);
});
