/** An experiment's curves as the picture and the numbers show them: names, looks and rows. */
import type { Tap } from "../../../core/nets/taps";
import type { MeasureName } from "../../../core/similarity/measures";
import type { Report } from "../../../experiment/report";
import { trainingOfCurve, type Curve, type Spec } from "../../../experiment/spec";
import type { LabModel } from "../../engine/models";
import { isControlCurve } from "../../session/experiment/model-names";
import {
  axisSitesShown,
  pairOf,
  sitesShown,
  type AxisSite,
  type ModelPair,
} from "../../session/experiment/pair";
import {
  curveResults,
  ofCurveReport,
  type CurveResults,
  type Results,
} from "../../session/results/results";
import { rowsOf, type Row } from "../../session/results/rows";
import { curveIds, curveNames } from "./curve-names";
import { curveLooks } from "./curve-looks";
import type { LineLook } from "../plots/layer-plot";

/** A curve as the plots need it. */
export interface PlottedCurve {
  /** Index among the spec's curves. */
  readonly index: number;
  readonly name: string;
  /** Networks and settings, in full. */
  readonly title: string;
  readonly rows: readonly Row[];
  /** What was recorded with other settings, until results take its place; null where nothing was. */
  readonly before: readonly Row[] | null;
  /** Layers of its top, which need not be as many as the axis has. */
  readonly layers: number;
  /** Whether it is a control, such as one whose bottom was never trained. */
  readonly control: boolean;
  /** Whether it has stitches, not layers that are trained from scratch. */
  readonly stitched: boolean;
  readonly look: LineLook;
}

export interface CurveView extends PlottedCurve {
  /** Null where one of the networks is a file that is not here. */
  readonly pair: ModelPair | null;
  /** Its top's layers; where the top is not here, those that are known. */
  readonly taps: readonly Tap[];
}

export interface CurveViewOptions {
  /** Of a figure, one a curve; null derives them. */
  readonly names: readonly string[] | null;
  /** The curve that the figure is about. */
  readonly main: number;
  readonly measure: MeasureName;
  /** A report of the same networks with other settings; absent where there is none. */
  readonly before?: Report | null;
}

/** Returns the curves of which something is known, in the spec's order. */
export function curveViews(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  { names, main, measure, before = null }: CurveViewOptions,
): readonly CurveView[] {
  const derived = names ?? curveNames(spec, models);
  const looks = curveLooks(spec.curves, main, (curve) => isControlCurve(curve, models));
  return spec.curves.flatMap((curve, index) => {
    const pair = pairOf(curve, models);
    const found = curveResults(results, index);
    const sites = sitesShown(spec, curve, models, countOf(found, spec));
    if (sites.length === 0) return [];
    const taps = axisSitesShown(curve, models, sites);
    const look = looks[index];
    if (!look) return [];
    return [
      {
        index,
        name: derived[index] ?? curveIds(curve, spec, models),
        title: curveIds(curve, spec, models),
        pair,
        taps,
        rows: rowsOf(found, sites, measure).map((row) => withPenalty(row, curve, spec)),
        before: before && rowsBefore(before, curve, sites, measure),
        layers: taps.length,
        control: isControlCurve(curve, models),
        stitched: curve.family !== "fresh-top",
        look,
      },
    ];
  });
}

/** Where nothing is trained, the least-squares stitch is the stitch, and known before the rest. */
function withPenalty(row: Row, curve: Curve, { protocol }: Spec): Row {
  const isWhole = curve.family === "affine" && trainingOfCurve({ ...curve, protocol }) === "none";
  return isWhole ? { ...row, penalty: row.penalty ?? row.leastSquares } : row;
}

/** What a report has of a curve's networks, whatever its settings; null where it has nothing. */
function rowsBefore(
  { spec, curves }: Report,
  { top, bottom, perturbation }: Curve,
  sites: readonly AxisSite[],
  measure: MeasureName,
): readonly Row[] | null {
  const place = spec.curves.findIndex(
    (other) => other.top === top && other.bottom === bottom && other.perturbation === perturbation,
  );
  const found = curves[place];
  return found === undefined ? null : rowsOf(ofCurveReport(found), sites, measure);
}

/** How many of the sites asked for an address has results of. */
function countOf({ sites }: CurveResults, spec: Pick<Spec, "sites">): number {
  const last = Math.max(-1, ...sites.keys());
  return spec.sites === "all" ? last + 1 : spec.sites.filter((site) => site <= last).length;
}
