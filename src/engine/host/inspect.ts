/**
 * Reads all that is stored of one stitch: its matrix, how it was trained, its prediction for every
 * test image, how far its output lies from A's own representation. Solves again what has a closed
 * form; computes nothing else.
 */
import { classesOf } from "../../core/nets/architecture";
import type { Classes, ClassIndices } from "../../core/data/form";
import { LabError } from "../../core/errors";
import type { AffineMap } from "../../core/stitch/affine-map";
import { leastSquares } from "../../core/stitch/families/least-squares";
import type { LossCurve } from "../../core/stitch/training/loss-curve";
import type { Moments } from "../../core/stitch/moments";
import { toPaddedMap } from "../../core/stitch/padded-map";
import { toAffine } from "../../core/stitch/parameters";
import { shiftOf, type RepresentationShift } from "../../core/stitch/shift";
import { isClosedForm } from "../../experiment/family";
import { planOf } from "../../experiment/plan/plan";
import type { NamedSite } from "../../experiment/sites";
import { curvesOf, type Spec } from "../../experiment/spec";
import type { Task } from "../../experiment/plan/task";
import { fitOf } from "../family-fit";
import type { ResultOf } from "../kinds/registry";
import type { StitchResult } from "../kinds/stitch";
import { namedModel } from "./named-model";
import { momentsAt, outcomeAt } from "./outcome";
import type { RestoreDeps } from "./restore";
import { keyOf, storedResult } from "./result-store";

/** One stitch of an experiment. */
export interface StitchRef {
  /** Index among the spec's curves. */
  readonly curve: number;
  /** The number of the site. */
  readonly site: number;
}

/** A network's predictions for the test images. */
export interface Answers {
  /** How many there are to choose from. */
  readonly classes: number;
  /** [n] 1 where it is wrong, else 0 */
  readonly wrong: Uint8Array;
  /** [n] its answers; null where an older version stored them without */
  readonly predicted: ClassIndices | null;
}

export interface StitchMatrix {
  /** [rows, columns] row-major, as it is scored: BatchNorms folded in */
  readonly values: Float64Array;
  /** c₁, or k²c₁ of a k×k kernel: its positions one after the other */
  readonly rows: number;
  /** c₂ */
  readonly columns: number;
  /** k; 1 for a stitch that maps every position alone. */
  readonly side: number;
  /** [c₂] added to the product; z = x W + b for k = 1 */
  readonly bias: Float64Array;
  /** Steps on either side of 0 that saved weights are rounded to; null where they are not. */
  readonly levels: number | null;
}

/** What the data set says of its test images. */
export interface TestLabels {
  /** [n] class indices */
  readonly labels: ClassIndices;
  readonly classes: Classes;
}

export interface Inspection {
  /** Whether it is from a recorded figure's file, which may leave a matrix out; see `details`. */
  readonly saved: boolean;
  readonly place: NamedSite;
  /** Null where they are read from the data set. */
  readonly labels: TestLabels | null;
  readonly top: Answers;
  /** Null until it is there, and where the bottom has no head. */
  readonly bottom: Answers | null;
  readonly stitched: Answers;
  /** Null where its sums were lost, it is left out, or there is none: with a fresh top. */
  readonly matrix: StitchMatrix | null;
  /** Null where nothing was trained, or an older version stored none. */
  readonly lossCurve: LossCurve | null;
  /** Null for a larger kernel or a fresh top, for which moments are not enough, and where they were lost. */
  readonly shift: RepresentationShift | null;
  /** Images that the shift was measured on: those that the stitch was fitted to. */
  readonly trainImages: number;
}

/**
 * @returns null where the stitch has not been computed yet, or does not exist
 * @throws LabError `bad-input` or `not-found` as `planOf` does, or for a curve or site that is not
 *   there
 */
export async function inspectStitch(
  spec: Spec,
  { curve, site }: StitchRef,
  { models, data, backend, store }: RestoreDeps,
): Promise<Inspection | null> {
  const own = curvesOf(spec)[curve];
  if (!own) throw absent("curve of the experiment", `one of ${spec.curves.length}`, curve);
  const [topModel, bottomModel] = [namedModel(models, own.top), namedModel(models, own.bottom)];
  const plan = planOf(own, topModel, bottomModel, data);
  const place = plan.sites[site];
  if (!place) throw absent("site", `a number below ${plan.sites.length}`, site);
  const find = <T extends Task>(task: T): Promise<ResultOf<T> | undefined> =>
    storedResult(store, keyOf(task, backend), task);
  const all = async <T extends Task>(tasks: readonly T[]): Promise<ResultOf<T>[]> => {
    const found = await Promise.all(tasks.map(find));
    const present = found.flatMap((result) => (result ? [result] : []));
    return present.length === tasks.length ? present : [];
  };

  const top = await find(plan.baselines.top);
  const fit = outcomeAt(await all(plan.leastSquares), site);
  if (!top || fit?.outcome !== "scored") return null;
  const bottom = plan.baselines.bottom && (await find(plan.baselines.bottom));
  const moments = momentsAt(await all(plan.closedForm), site);
  const classes = classesOf(topModel.architecture);
  const common = {
    saved: false,
    place,
    labels: null,
    trainImages: own.trainImages,
    top: answersOf(top, classes),
    bottom: bottom ? answersOf(bottom, classesOf(bottomModel.architecture)) : null,
  };

  if (isClosedForm(own.family)) {
    const scored = outcomeAt(await all(plan.family), site);
    if (scored?.outcome !== "scored") return null;
    const map = moments && fitOf(own.family, moments);
    return { ...common, ...closedForm(map, moments), stitched: answersOf(scored, classes) };
  }
  const task = plan.stitches.find((stitch) => stitch.site === site);
  if (!task) {
    const map = moments && leastSquares(moments);
    return { ...common, ...closedForm(map, moments), stitched: answersOf(fit, classes) };
  }
  const trained = await find(task);
  if (!trained || trained.type === "stitch-failure") return null;
  if (trained.type === "fresh-top") {
    const { lossCurve } = trained;
    return {
      ...common,
      stitched: answersOf(trained, classes),
      matrix: null,
      lossCurve,
      shift: null,
    };
  }
  const { wrong, predicted, stitch, lossCurve = null } = trained;
  return {
    ...common,
    stitched: answersOf(wrong ? { wrong, predicted } : fit, classes),
    matrix: matrixOf(stitch),
    lossCurve,
    shift: moments && !stitch.side ? shiftOf(toAffine(stitch), moments) : null,
  };
}

function answersOf(
  { wrong, predicted }: { wrong: Uint8Array; predicted?: ClassIndices | undefined },
  classes: number,
): Answers {
  return { classes, wrong, predicted: predicted?.length === wrong.length ? predicted : null };
}

function closedForm(
  map: AffineMap | null,
  moments: Moments | null,
): Pick<Inspection, "matrix" | "lossCurve" | "shift"> {
  if (!map || !moments) return { matrix: null, lossCurve: null, shift: null };
  const columns = map.bias.length;
  const rows = map.weight.length / columns;
  return {
    matrix: { values: map.weight, rows, columns, side: 1, bias: map.bias, levels: null },
    lossCurve: null,
    shift: shiftOf(map, moments),
  };
}

function matrixOf(stitch: StitchResult["stitch"]): StitchMatrix {
  const { source, target: columns, side = 1 } = stitch;
  if (side === 1) {
    const { weight, bias } = toAffine(stitch);
    return { values: weight, rows: source, columns, side, bias, levels: null };
  }
  const { scale, kernel, bias } = toPaddedMap(stitch);
  // BN₁'s scale is per source channel, for every position of the kernel.
  const values = kernel.map(
    (value, at) => value * (scale[Math.floor(at / columns) % source] ?? NaN),
  );
  return { values, rows: side * side * source, columns, side, bias, levels: null };
}

function absent(input: string, expected: string, found: number): LabError {
  return new LabError({ code: "bad-input", input, expected, found: String(found) });
}
