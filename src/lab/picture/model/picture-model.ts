/** Everything that the picture draws of an experiment's layers. */
import { hasHead } from "../../../core/nets/architecture";
import { tapsOf } from "../../../core/nets/taps";
import type { MeasureName } from "../../../core/similarity/measures";
import type { PaperRange } from "../../../experiment/figures/figure";
import { protocols } from "../../../experiment/protocol";
import type { Role } from "../../../experiment/events";
import type { Spec } from "../../../experiment/spec";
import { comparedImages, measureLabels } from "../../format/labels";
import { targetWords } from "../../format/target-words";
import { haveOneQuestion } from "../../session/experiment/pair";
import { curveResults, type Results } from "../../session/results/results";
import { axisNames } from "../plots/axis-names";
import type { CurveView } from "./curve-views";
import type { LayerAxis, LayerPlot } from "../plots/layer-plot";
import type { OwnErrors } from "./error-axis";
import { penaltyPlot } from "./penalty-plot";
import { probePlot } from "./probe-plot";
import { chanceLevels, similarityPlot } from "./similarity-plot";

export interface PictureModel {
  readonly axis: LayerAxis;
  /** The curve that the drawing and the sentence speak of. */
  readonly main: CurveView;
  readonly penalty: LayerPlot;
  readonly similarity: LayerPlot;
  /** Linear probes of the main curve's networks; null where there are none. */
  readonly probes: LayerPlot | null;
}

export interface PictureOptions {
  readonly main: CurveView;
  readonly measure: MeasureName;
  readonly hidden: ReadonlySet<number>;
  readonly oneScale: boolean;
  /** Whether errors are those of the networks on the path from A to B, instead of penalties. */
  readonly path: boolean;
  /** The highest penalty that the scale holds, in points; null where it holds all. */
  readonly highest: number | null;
  readonly paper: readonly PaperRange[];
}

export function pictureModel(
  spec: Spec,
  curves: readonly CurveView[],
  results: Results,
  { main, measure, hidden, oneScale, path, highest, paper }: PictureOptions,
): PictureModel {
  const own = new Map(curves.map((view) => [view.index, ownErrors(view, results)]));
  const { top, bottom } = ownErrors(main, results);
  const { probes } = curveResults(results, main.index);
  const { pair, taps } = main;
  const ends: readonly Role[] =
    pair && !hasHead(pair.bottom.architecture) ? ["top"] : ["top", "bottom"];
  const axis = { slots: taps.length, names: axisNames(taps, main.rows), ends: path ? ends : [] };
  const shared = { axis, curves, hidden, main: main.index, words: targetWords(spec) };
  return {
    axis,
    main,
    penalty: penaltyPlot({
      ...shared,
      trained: protocols[spec.protocol].defaults.epochs > 0,
      topError: top?.testError ?? null,
      bottomError: bottom?.testError ?? null,
      oneScale,
      highest,
      paper,
      ...(path && { path: { own, testImages: spec.testImages } }),
    }),
    similarity: similarityPlot({
      ...shared,
      measure: measureLabels[measure],
      images: comparedImages(spec),
      chance: pair ? chanceLevels(spec, pair, measure) : [],
    }),
    probes: probePlot({
      axis,
      probes,
      bottomLayers: pair ? tapsOf(pair.bottom.architecture).length : taps.length,
    }),
  };
}

function ownErrors({ index, pair }: CurveView, results: Results): OwnErrors {
  const { top, bottom } = curveResults(results, index);
  // Errors of different questions have no difference to mark.
  return { top, bottom: pair && haveOneQuestion(pair) ? bottom : null };
}
