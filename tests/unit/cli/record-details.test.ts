/** Details files of recorded figures: written, fitted to their limit, read again. */
import { expect, test } from "vitest";
import { detailsOf, type DetailsSources } from "../../../src/cli/record-details";
import { LabError } from "../../../src/core/errors";
import { seeded } from "../../../src/core/random/generator";
import { lossPoints } from "../../../src/core/stitch/training/loss-curve";
import { fromFloat16, toFloat16 } from "../../../src/core/weights/float16";
import { answersFrom, differencesOf, wrongFlags } from "../../../src/engine/details/answers";
import { readDetails, type Details } from "../../../src/engine/details/read";
import type { Answers, Inspection, StitchRef } from "../../../src/engine/host/inspect";
import type { Recorded } from "../../../src/experiment/report";
import { defaultSpec, type Spec } from "../../../src/experiment/spec";
import { curveReport, siteResult } from "../lab/fakes";

const images = 300;
const channels = 24;
const random = seeded(5);
const labels = Uint8Array.from({ length: images + 50 }, () => random.below(10));
const classes = { names: Array.from("abcdefghij"), groupings: [] };
/** Stands for no class. */
const none = 255;
const usual = defaultSpec("top", "one");
const spec: Spec = {
  ...usual,
  testImages: images,
  curves: [usual.curves[0], { ...usual.curves[0], bottom: "two" }],
};

/** Right but for a tenth of the images. */
function answers(): Answers {
  const own = labels.subarray(0, images);
  const predicted = own.map((label) => (random.below(10) > 0 ? label : random.below(10)));
  predicted[7] = none;
  return { classes: 10, predicted, wrong: wrongFlags(predicted, own) };
}

const top = answers();
const bottoms = [answers(), answers()];

/** A stitch of 24 channels into 24, with one channel whose weights are huge. */
function stitch({ curve, site }: StitchRef): Inspection {
  const values = Float64Array.from(
    { length: channels ** 2 },
    (_, at) => (random.uniform() - 0.5) * (at < channels ? 3_000 : 1),
  );
  const vector = (): Float64Array =>
    Float64Array.from({ length: channels }, () => random.uniform());
  return {
    saved: false,
    place: { name: `block ${site}`, bottomTap: site, topTap: site + 1 },
    labels: null,
    top,
    bottom: bottoms[curve] ?? null,
    stitched: answers(),
    matrix: { values, rows: channels, columns: channels, side: 1, bias: vector(), levels: null },
    lossCurve: { stride: 2, steps: 5, sums: Float64Array.of(4, 3, NaN) },
    shift: {
      ownMean: vector(),
      ownDeviation: vector(),
      stitchedMean: vector(),
      stitchedDeviation: vector(),
      residual: 0.25,
      livelyChannels: 24,
      farChannels: 1,
      frechet: null,
    },
    trainImages: spec.trainImages,
  };
}

const stitches = [0, 1].map((curve) => [0, 1, 2].map((site) => stitch({ curve, site })));

function errorOf({ wrong }: Answers): number {
  return wrong.reduce((sum, flag) => sum + flag, 0) / wrong.length;
}

const recorded: Recorded = {
  format: "stitch-lab-recorded-1",
  command: "npm run stitch",
  date: "2026-01-02",
  report: {
    format: "stitch-lab-report-3",
    spec,
    backend: "wasm",
    adapter: null,
    curves: [reportOf(0), reportOf(1)],
  },
};

function reportOf(curve: number) {
  const networks = { top: "top", bottom: curve === 0 ? "one" : "two" };
  const { sites, ...rest } = curveReport(
    networks,
    (stitches[curve] ?? []).map(({ place, stitched }, site) =>
      siteResult(site, { name: place.name, testError: errorOf(stitched) }),
    ),
  );
  const [a, b] = ["a".repeat(64), (curve === 0 ? "b" : "c").repeat(64)];
  return { top: { ...rest.top, sha256: a }, bottom: { ...rest.bottom, sha256: b }, sites };
}

const sources: DetailsSources = {
  labels,
  classes,
  inspect: ({ curve, site }) => Promise.resolve(stitches[curve]?.[site] ?? null),
};

async function written(
  mostBytes?: number,
  from = sources,
): Promise<{ readonly details: Details; readonly bytes: number }> {
  const { file } = await detailsOf(recorded, from, mostBytes);
  return { details: await readDetails(file, "x.details.bin"), bytes: file.byteLength };
}

/** Root mean square of what rounding changed, as a share of each row's own. */
function rounding(before: Float64Array, after: Float64Array): number {
  let worst = 0;
  for (let row = 0; row < channels; row++) {
    let [error, all] = [0, 0];
    for (let at = row * channels; at < (row + 1) * channels; at++) {
      error += ((after[at] ?? NaN) - (before[at] ?? NaN)) ** 2;
      all += (before[at] ?? NaN) ** 2;
    }
    worst = Math.max(worst, Math.sqrt(error / all));
  }
  return worst;
}

test("everything that the inspector reads of a stitch is read again", async () => {
  const { details } = await written();
  expect(details.leftOut).toEqual([]);
  for (const [curve, sites] of stitches.entries()) {
    for (const [site, before] of sites.entries()) {
      const after = details.inspection(curve, site);
      if (!after?.matrix || !before.matrix) throw new Error("no matrix");
      expect(after).toMatchObject({
        saved: true,
        place: before.place,
        labels: { labels: labels.slice(0, images), classes },
        top: before.top,
        bottom: before.bottom,
        stitched: before.stitched,
        trainImages: before.trainImages,
        shift: { residual: 0.25, livelyChannels: 24, farChannels: 1, frechet: null },
      });
      expect(after.matrix).toMatchObject({ rows: channels, columns: channels, levels: null });
      expect(rounding(before.matrix.values, after.matrix.values)).toBeLessThan(2 ** -11);
      expect(after.matrix.bias).toEqual(before.matrix.bias.map(Math.fround));
      expect(after.shift?.stitchedMean).toEqual(before.shift?.stitchedMean.map(Math.fround));
      if (!after.lossCurve) throw new Error("no losses");
      expect(lossPoints(after.lossCurve)).toEqual([
        { step: 2, loss: 2 },
        { step: 4, loss: 1.5 },
        { step: 5, loss: NaN },
      ]);
    }
  }
  expect(details.inspection(0, 9)).toBeNull();
  expect(details.inspection(2, 0)).toBeNull();
});

test("a file that would be too large rounds matrices, and no small row is lost next to a large one", async () => {
  const { bytes: whole } = await written();
  const { details, bytes } = await written(whole - 1_500);
  expect(bytes).toBeLessThanOrEqual(whole - 1_500);
  const levels = stitches.flatMap((sites, curve) =>
    sites.map((before, site) => {
      const matrix = details.inspection(curve, site)?.matrix;
      if (!matrix || !before.matrix) throw new Error("left out");
      if (matrix.levels) {
        expect(rounding(before.matrix.values, matrix.values)).toBeLessThan(1 / matrix.levels);
      }
      return matrix.levels;
    }),
  );
  expect(levels.some((steps) => steps !== null)).toBe(true);
});

test("a file that is still too large leaves matrices out, the first curve’s last, and names them", async () => {
  const { bytes: whole } = await written();
  const { details } = await written(Math.round(whole * 0.45));
  const kept = (curve: number): number =>
    [0, 1, 2].filter((site) => details.inspection(curve, site)?.matrix).length;
  expect(kept(1)).toBe(0);
  expect(kept(0)).toBeGreaterThan(0);
  expect(details.leftOut).toContain("matrix of two into top, block 0");
  // All else is still there.
  expect(details.inspection(1, 0)?.stitched).toEqual(stitches[1]?.[0]?.stitched);
  await expect(written(500)).rejects.toMatchObject({ code: "bad-shape" });
});

test("a curve that another machine computed is left out and named", async () => {
  const { details } = await written(undefined, {
    ...sources,
    inspect: async (ref) => (ref.curve === 1 ? null : sources.inspect(ref)),
  });
  expect(details.inspection(1, 0)).toBeNull();
  expect(details.inspection(0, 0)).not.toBeNull();
  expect(details.leftOut).toHaveLength(3);
});

test("stored answers that contradict the report, or their own flags, are refused", async () => {
  const change = (stitched: Answers): DetailsSources => ({
    ...sources,
    inspect: async (ref) => {
      const inspection = await sources.inspect(ref);
      return inspection && { ...inspection, stitched };
    },
  });
  const [right] = stitches[0] ?? [];
  if (!right?.stitched.predicted) throw new Error("no answers");
  const { stitched } = right;
  const fewer = { ...stitched, wrong: stitched.wrong.map(() => 0) };
  await expect(detailsOf(recorded, change(fewer))).rejects.toMatchObject({ code: "bad-file" });
  const none = { ...stitched, predicted: null };
  await expect(detailsOf(recorded, change(none))).rejects.toThrow(LabError);
});

test("a damaged file is refused with what is wrong with it", async () => {
  const { file } = await detailsOf(recorded, sources);
  const refusal = (bytes: Uint8Array) =>
    expect(readDetails(bytes, "x.details.bin")).rejects.toMatchObject({
      code: "bad-file",
      input: "x.details.bin",
    });
  await refusal(file.subarray(0, file.length - 40));
  await refusal(Uint8Array.of(1, 2, 3));
});

test("differences give the answers back, answers without a class among them", () => {
  const [others, own] = [Uint8Array.of(0, 9, 3, none, 2), Uint8Array.of(0, 3, none, none, 0)];
  expect(differencesOf(own, others)).toEqual(Uint8Array.of(0, 4, none, 0, 1));
  expect(answersFrom(differencesOf(own, others), others)).toEqual(own);
});

test("all binary16 numbers round to themselves, and others to the nearest", () => {
  const all = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).filter(
    (bits) => (bits & 0x7fff) <= 0x7c00,
  );
  expect(toFloat16(fromFloat16(all))).toEqual(all);
  const step = 2 ** -10;
  const halfway = [
    1 + step / 2,
    1 + 1.5 * step,
    65_519,
    65_520,
    2 ** -25,
    1.5 * 2 ** -24,
    2048 - 0.5,
  ];
  expect([...fromFloat16(toFloat16(halfway))]).toEqual([
    1,
    1 + 2 * step,
    65_504,
    Infinity,
    0,
    2 * 2 ** -24,
    2048,
  ]);
  expect(fromFloat16(toFloat16([NaN]))[0]).toBeNaN();
});
