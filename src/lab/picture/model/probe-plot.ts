/**
 * The plot of linear probes: the test error of a linear classifier of each layer of both networks.
 * Alain & Bengio 2016.
 */
import type { ProbeResult } from "../../../experiment/probes";
import { deviation, points as inPoints } from "../../format/numbers";
import type { LayerAxis, LayerPlot, LineLook, PlotCurve } from "../plots/layer-plot";
import { lastValue, placeOf, readings, valuesOf } from "./plot-curves";
import { paddedScale } from "./plot-scale";

export interface ProbePlotData {
  readonly axis: LayerAxis;
  readonly probes: readonly ProbeResult[];
  /** Layers of the bottom, which need not be as many as the axis has. */
  readonly bottomLayers: number;
}

const letters = { top: "A", bottom: "B" } as const;
/** Networks are told apart by colour and dashes, what a probe reads by width and marker. */
const dashes = { top: {}, bottom: { dashes: "14 6" } } as const;
const widths = { pooled: 2.5, flattened: 1.25 } as const;

/** Returns null where there are no probes. */
export function probePlot({ axis, probes, bottomLayers }: ProbePlotData): LayerPlot | null {
  if (probes.length === 0) return null;
  const kinds = new Set(probes.map(({ representation }) => representation));
  const curves = (["pooled", "flattened"] as const).flatMap((representation) =>
    (["top", "bottom"] as const).flatMap((role): PlotCurve[] => {
      const found = probes
        .filter((probe) => probe.role === role && probe.representation === representation)
        .toSorted((a, b) => a.tap - b.tap);
      if (found.length === 0) return [];
      const look: LineLook = { colour: role, width: widths[representation], ...dashes[role] };
      const layers = role === "top" ? axis.slots : bottomLayers;
      return [
        {
          index: -1,
          name: `${letters[role]}’s layers${kinds.size > 1 ? `, ${representation}` : ""}`,
          look,
          marker: representation === "pooled" ? "dot" : "ring",
          ribbon: false,
          points: found.map(({ tap, name, testError, testErrorStandardError }) => ({
            at: placeOf(tap, layers, axis.slots),
            site: tap,
            layer: name,
            value: 100 * testError,
            standardError: 100 * testErrorStandardError,
          })),
        },
      ];
    }),
  );
  const { domain, ticks } = paddedScale(curves.flatMap(valuesOf));
  const [only] = kinds;
  return {
    title: "Probe error",
    meaning: `of a linear classifier of each layer${kinds.size === 1 && only !== undefined ? ` (${only})` : ""}: how much of the answer it already holds`,
    domain,
    // The plot is low.
    ticks: ticks
      .filter((_, place) => ticks.length < 5 || place % 2 === 0)
      .map((value) => ({ value, text: `${value}%` })),
    levels: [],
    ranges: [],
    beyond: [],
    curves,
    labels: curves.map((curve) => ({
      name: curve.name,
      title: `Test error of a linear classifier of ${curve.name}`,
      colour: curve.look.colour,
      value: lastValue(curve),
      ...readings(curve, axis, (value, standardError) => readingText(value, standardError)),
      curve: null,
    })),
    notes: [],
    strip: null,
  };
}

function readingText(value: number, standardError: number | null): string {
  return `${inPoints(value / 100)}${deviation(standardError && standardError / 100)}`;
}
