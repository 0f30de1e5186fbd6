/** The plot of errors on the path from A to B: Bansal, Nakkiran & Barak 2021, Figure 2A. */
import { describe, expect, test } from "vitest";
import type { Report } from "../../../../src/experiment/report";
import type { LabModel } from "../../../../src/lab/engine/models";
import { targetWords } from "../../../../src/lab/format/target-words";
import { penaltyPlot } from "../../../../src/lab/picture/model/penalty-plot";
import type { OwnErrors } from "../../../../src/lab/picture/model/error-axis";
import { drawnPoints } from "../../../../src/lab/picture/plots/layer-plot";
import { bottomOf, recordedReport } from "../recorded-report";
import { figurePicture, zooModels } from "./figure-pictures";
import { penaltyData, plotted } from "./plotted";
import { recordedPicture } from "./recorded-picture";

const report = recordedReport("seeds");
const { penalty: path, axis } = figurePicture("seeds", { path: true });

function own(testError: number): NonNullable<OwnErrors["top"]> {
  return { testError, testErrorStandardError: 0.01 };
}

/** Of one curve whose penalty is 0.1 at its only layer. */
function pathOf(errors: OwnErrors) {
  const data = penaltyData([plotted(0, [0.1])], {
    topError: errors.top?.testError ?? null,
    bottomError: errors.bottom?.testError ?? null,
    path: { own: new Map([[0, errors]]), testImages: 400 },
  });
  return penaltyPlot(data);
}

describe("the opening figure", () => {
  test("every curve begins with its A’s own error and ends with its B’s, at the axis’s ends", () => {
    const curves = [...path.curves, ...(path.strip?.curves ?? [])].filter(
      ({ marker }) => marker === "dot",
    );
    expect(curves).toHaveLength(report.curves.length);
    for (const curve of curves) {
      const found = report.curves[curve.index] ?? report.curves[0];
      const [top, bottom] = [found.top, bottomOf(found)];
      const drawn = drawnPoints(curve);
      expect(drawn[0]).toEqual({
        at: -0.5,
        value: 100 * top.testError,
        standardError: 100 * top.testErrorStandardError,
      });
      expect(drawn.at(-1)).toEqual({
        at: axis.slots - 0.5,
        value: 100 * bottom.testError,
        standardError: 100 * bottom.testErrorStandardError,
      });
    }
  });

  test("every stitched network in between has its report’s test error", () => {
    for (const { index, points } of path.curves.filter(({ marker }) => marker === "dot")) {
      const { sites } = report.curves[index] ?? report.curves[0];
      expect(points).toHaveLength(sites.length);
      for (const [place, { testError }] of sites.entries()) {
        expect(points[place]?.value).toBeCloseTo(100 * testError, 9);
      }
    }
  });

  test("the curves on a strip of their own are those of the plot of penalties", () => {
    const { penalty } = figurePicture("seeds");
    const off = (plot: typeof penalty): unknown => plot.strip?.curves.map(({ index }) => index);
    expect(off(path)).toEqual(off(penalty));
    expect(off(path)).toHaveLength(1);
  });

  test("the lines of A and B are at their own errors, and what the paper says of penalties is left out", () => {
    const [top, bottom] = [report.curves[0].top, bottomOf(report.curves[0])];
    expect(path.levels.map(({ value }) => value)).toEqual([
      100 * top.testError,
      expect.closeTo(100 * bottom.testError, 9),
    ]);
    expect(path.ranges).toEqual([]);
    expect(path.domain[0]).toBeLessThanOrEqual(0);
    expect(path.ticks.map(({ text }) => text)).toContain("5%");
  });
});

test("a network’s error is A’s error and the penalty, with the standard error of a share of the images", () => {
  const [curve] = pathOf({ top: own(0.3), bottom: own(0.2) }).curves;
  const [point] = curve?.points ?? [];
  expect(point?.value).toBeCloseTo(40, 9);
  expect(point?.standardError).toBeCloseTo(100 * Math.sqrt((0.4 * 0.6) / 400), 9);
});

test("its name says the error at the layer in view, and the lines say whose they are", () => {
  const { labels } = pathOf({ top: own(0.3), bottom: own(0.2) });
  expect(labels.map(({ name }) => name)).toEqual([
    "curve 0",
    "A alone: 30.0% wrong",
    "B alone: 20.0% wrong",
  ]);
  expect(labels[0]?.valueAt?.get(0)).toBe("40.0 ± 2.4");
  // The curve's name is where the curve ends.
  expect(labels.map(({ value }) => value)).toEqual([20, 30, expect.closeTo(20, 9)]);
});

test("a B that answers another question has no end, and without A’s error there is no path", () => {
  const [oneEnd] = pathOf({ top: own(0.3), bottom: null }).curves;
  expect(oneEnd?.ends?.map(({ at }) => at)).toEqual([-0.5]);
  const [none] = pathOf({ top: null, bottom: own(0.2) }).curves;
  expect(none?.points[0]?.value).toBeNull();
});

test("a B without a head has no end, no name there and no line, and the words say so", () => {
  const [{ bottom }] = report.curves;
  const { id, sha256 } = bottom;
  const [first, ...others] = report.curves;
  const headless: Report = { ...report, curves: [{ ...first, bottom: { id, sha256 } }, ...others] };
  const models = zooModels.map((model): LabModel => {
    if (model.id !== id || model.architecture.family !== "resnet") return model;
    return { ...model, architecture: { ...model.architecture, head: "none" } };
  });
  const picture = recordedPicture("seeds", headless, models, { path: true });
  const main = picture.penalty.curves.find(
    ({ index, marker }) => index === picture.main.index && marker === "dot",
  );
  expect(main?.ends?.map(({ at }) => at)).toEqual([-0.5]);
  expect(picture.axis.ends).toEqual(["top"]);
  expect(axis.ends).toEqual(["top", "bottom"]);
  expect(picture.penalty.meaning).toBe(
    "A alone at the left, then the stitched networks; B has no head",
  );
  expect(picture.penalty.levels).toHaveLength(1);
});

test("where A’s answers count, the path is of disagreement and begins at 0", () => {
  const words = targetWords({ target: "top" });
  const { title, curves, labels } = penaltyPlot(
    penaltyData([plotted(0, [0.1])], {
      words,
      topError: 0,
      bottomError: 0.4,
      path: { own: new Map([[0, { top: own(0), bottom: own(0.4) }]]), testImages: 400 },
    }),
  );
  expect(title).toBe("Disagreement on the path from A to B");
  expect(curves[0]?.ends?.map(({ value }) => value)).toEqual([0, 40]);
  expect(labels.map(({ name }) => name)).toContain("B alone: 40.0% unlike A");
});
