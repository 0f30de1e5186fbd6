/** The plot of similarities, with the level of unrelated representations. */
import { tapsOf } from "../../../core/nets/taps";
import { chanceLevel } from "../../../core/similarity/cka";
import type { MeasureName } from "../../../core/similarity/measures";
import { noiseChannels } from "../../../experiment/perturbation";
import { batchSize } from "../../../experiment/protocol";
import { sitesOf } from "../../../experiment/sites";
import type { Spec } from "../../../experiment/spec";
import type { TargetWords } from "../../format/target-words";
import { signedPoints, similarityText } from "../../format/numbers";
import type { ModelPair } from "../../session/experiment/pair";
import type {
  LayerAxis,
  LayerPlot,
  PlotBand,
  PlotCurve,
  PlotLabel,
  PlotNote,
} from "../plots/layer-plot";
import {
  beforeCurves,
  lastValue,
  mainLast,
  pointsOf,
  shownCurves,
  readings,
  valuesOf,
  withPlaceBefore,
  type PlotData,
} from "./plot-curves";
import type { PlottedCurve } from "./curve-views";

export interface SimilarityPlotData extends PlotData {
  /** The measure, for people. */
  readonly measure: string;
  /** Those that it is taken on, for people. */
  readonly images: string;
  /** By site, what the measure gives unrelated representations; null where it is not known. */
  readonly chance: readonly (number | null)[];
}

export function similarityPlot(data: SimilarityPlotData): LayerPlot {
  const { axis, main, measure, images } = data;
  const shown = shownCurves(data);
  const points = (view: PlottedCurve) =>
    pointsOf(view, axis, ({ similarity }) => ({
      value: similarity.status === "known" ? similarity.value : null,
      standardError: null,
    }));
  const curves = shown.map((view): PlotCurve => ({
    index: view.index,
    name: view.name,
    look: view.index === main ? { ...view.look, colour: "similarity" } : view.look,
    marker: "dot",
    ribbon: false,
    points: points(view),
  }));
  const before = beforeCurves(shown, curves, points);
  const values = [...curves, ...before].flatMap(valuesOf);
  const low = values.some((value) => value < -0.02) ? Math.min(...values) : 0;
  const band = chanceBand(data, shown);
  // What was found by permutation takes the place of what theory says of independent features.
  const chance = band ? [] : chanceCurve(data, shown);
  return {
    title: `Similarity: ${measure}`,
    meaning: `on ${images}; 1 = the same, 0 = unrelated`,
    domain: [low - 0.04 * (1 - low), 1 + 0.04 * (1 - low)],
    ticks: [0, 0.5, 1].map((value) => ({ value, text: String(value) })),
    levels: [],
    ranges: [],
    ...(band && { band: band.area }),
    beyond: [],
    curves: [...chance, ...before, ...mainLast(curves, main)],
    labels: [
      ...curves.map((curve) =>
        withPlaceBefore(
          {
            name: curve.name,
            title: shown.find(({ index }) => index === curve.index)?.title ?? curve.name,
            colour: curve.look.colour,
            value: lastValue(curve),
            ...readings(curve, axis, similarityText),
            curve: curve.index,
          },
          before,
        ),
      ),
      ...chance.map((curve) => chanceLabel(curve, axis)),
      ...(band ? [band.label] : []),
    ],
    notes: disagreement(shown, curves, data.words),
    strip: null,
  };
}

/**
 * Returns what a measure gives representations that have nothing in common, one a place; null for
 * measures whose level is not known.
 */
export function chanceLevels(
  spec: Spec,
  { bottom, top }: ModelPair,
  measure: MeasureName,
): readonly (number | null)[] {
  const bottomTaps = tapsOf(bottom.architecture);
  const topTaps = tapsOf(top.architecture);
  return sitesOf(bottom.architecture, top.architecture, spec.layout).map((place) => {
    switch (measure) {
      case "linearCka":
      case "rbfCka":
        // Debiased: 0 on average.
        return 0;
      case "biasedLinearCka": {
        const from = bottomTaps[place.bottomTap];
        const to = topTaps[place.topTap];
        if (!from || !to) return null;
        const positions = to.height * to.width;
        const channels = from.channels + noiseChannels(spec.curves[0].perturbation);
        return chanceLevel(batchSize, channels * positions, to.channels * positions);
      }
      case "svcca":
      case "pwcca":
      case "procrustes":
      case "mutualNeighbours":
      case "cknna":
        return null;
      default:
        return measure satisfies never;
    }
  });
}

function chanceCurve(
  { axis, chance }: SimilarityPlotData,
  [first]: readonly PlottedCurve[],
): readonly PlotCurve[] {
  if (!first || chance.every((value) => value === null || value === 0)) return [];
  return [
    {
      index: -1,
      name: "chance level",
      look: { colour: "muted", width: 1.5, dashes: "2 4" },
      marker: "none",
      ribbon: false,
      points: pointsOf(first, axis, ({ site }) => ({
        value: chance[site] ?? null,
        standardError: null,
      })),
    },
  ];
}

/**
 * What the permutations of the main curve leave to chance: up to the level that 5% of them pass.
 *
 * @returns null where there are none
 */
function chanceBand(
  { axis, main }: SimilarityPlotData,
  shown: readonly PlottedCurve[],
): { readonly area: PlotBand; readonly label: PlotLabel } | null {
  const view = shown.find(({ index }) => index === main);
  const points = view
    ? pointsOf(view, axis, ({ similarityNull }) => ({
        value: similarityNull?.high ?? null,
        standardError: null,
      }))
    : [];
  if (points.every(({ value }) => value === null)) return null;
  return {
    area: {
      points: points.map(({ at, value }) => ({
        at,
        between: value === null ? null : [Math.min(0, value), Math.max(0, value)],
      })),
    },
    label: {
      name: "chance, 95%",
      title: "95% of the similarities with one network’s images shuffled are in this band",
      colour: "muted",
      value: lastValue({ points }),
      ...readings({ points }, axis, similarityText),
      curve: null,
      term: "chance",
    },
  };
}

function chanceLabel(curve: PlotCurve, axis: LayerAxis): PlotLabel {
  return {
    name: curve.name,
    title: "The similarity of unrelated representations",
    colour: curve.look.colour,
    value: lastValue(curve),
    ...readings(curve, axis, similarityText),
    curve: null,
    term: "chance",
  };
}

/** Where a representation looks similar and is of no use, that is said once. */
function disagreement(
  shown: readonly PlottedCurve[],
  curves: readonly PlotCurve[],
  words: TargetWords,
): readonly PlotNote[] {
  const main = shown.find(({ index }) => index === 0);
  // Curves that a figure left next to another pair are not what the chart is about.
  if (main?.rows.every((row) => row.penalty === null)) return [];
  const found = shown.flatMap(({ index, rows, stitched }) => {
    if (!stitched) return [];
    const curve = curves.find((other) => other.index === index);
    return rows.flatMap((row, place) => {
      const similarity = curve?.points[place]?.value ?? null;
      const penalty = row.penalty?.value ?? null;
      if (!curve || similarity === null || penalty === null) return [];
      if (similarity < similar || penalty < useless) return [];
      return [{ at: curve.points[place]?.at ?? 0, similarity, penalty, curve }];
    });
  });
  const [worst] = [...found].sort((a, b) => b.penalty * b.similarity - a.penalty * a.similarity);
  if (!worst) return [];
  const { at, similarity, penalty, curve } = worst;
  const { name, look } = curve;
  const text = `${name}: ${similarity.toFixed(2)} similar, yet ${words.costs(signedPoints(penalty))}`;
  return [{ at, value: similarity, text, colour: look.colour }];
}

/** From this similarity on, a reader would call two layers alike. */
const similar = 0.5;
/** From this penalty on, a fraction, one of them is of little use to the other network. */
const useless = 0.2;
