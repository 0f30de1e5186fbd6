/** Curves for the plots, made up by a test. */
import type { LayerAxis } from "../../../../src/lab/picture/plots/layer-plot";
import { curveLook } from "../../../../src/lab/picture/model/curve-looks";
import type { PlottedCurve } from "../../../../src/lab/picture/model/curve-views";
import type { PenaltyPlotData } from "../../../../src/lab/picture/model/penalty-plot";
import type { Row } from "../../../../src/lab/session/results/rows";
import { targetWords } from "../../../../src/lab/format/target-words";

export function axisOf(slots: number): LayerAxis {
  return { slots, names: [] };
}

/** @param penalty a fraction; null where nothing is known */
export function row(site: number, penalty: number | null, fields: Partial<Row> = {}): Row {
  return {
    site,
    name: `block ${site}`,
    penalty: penalty === null ? null : { value: penalty, standardError: 0.01, testError: 0.5 },
    leastSquares: null,
    similarity: { status: "waiting" },
    similarityNull: null,
    training: null,
    failure: null,
    ...fields,
  };
}

/** @param penalties fractions, one a layer */
export function plotted(
  index: number,
  penalties: readonly (number | null)[],
  fields: Partial<PlottedCurve> = {},
): PlottedCurve {
  const { control = false, stitched = true } = fields;
  return {
    index,
    name: `curve ${index}`,
    title: `network ${index} into A`,
    rows: penalties.map((penalty, site) => row(site, penalty)),
    before: null,
    layers: penalties.length,
    control,
    stitched,
    look: curveLook(index === 0 ? "main" : control ? "control" : "other", Math.max(0, index - 1)),
    ...fields,
  };
}

/** Of the given curves, the first being the main one. */
export function penaltyData(
  curves: readonly PlottedCurve[],
  fields: Partial<PenaltyPlotData> = {},
): PenaltyPlotData {
  return {
    axis: axisOf(curves[0]?.layers ?? 1),
    curves,
    hidden: new Set(),
    main: 0,
    words: targetWords({}),
    trained: false,
    topError: null,
    bottomError: null,
    oneScale: false,
    highest: null,
    paper: [],
    ...fields,
  };
}
