/** The charts of an experiment's layers, and which of its curves are in them. */
import { useState } from "react";
import type { Tap } from "../../core/nets/architecture";
import type { Row } from "../session/rows";
import {
  layerPoints,
  otherPenalties,
  otherSimilarities,
  type OtherRows,
} from "./charts/chart-data";
import type { ChartDescription } from "./charts/description";
import { penaltyChart } from "./charts/penalty-description";
import { similarityChart } from "./charts/similarity-description";

interface LayerResults {
  /** The layer axis: the first curve's. */
  readonly sites: readonly Tap[];
  readonly rows: readonly Row[];
  /** The first curve's name where there are others; null where it is alone. */
  readonly label: string | null;
  readonly others: readonly OtherRows[];
  readonly trained: boolean;
  /** Fractions; null until they are known. */
  readonly topError: number | null;
  readonly bottomError: number | null;
  /** The rows' measure of similarity, for people. */
  readonly measure: string;
  /** By layer, what the measure gives unrelated representations; null where it is not known. */
  readonly chance: readonly (number | null)[];
  readonly withSimilarity: boolean;
}

export interface LayerCharts {
  readonly penalty: ChartDescription;
  /** Null where it is hidden. */
  readonly similarity: ChartDescription | null;
  /** Takes a curve out of the charts, or puts it back. */
  readonly toggle: (label: string) => void;
}

export function useLayerCharts(results: LayerResults): LayerCharts {
  const { sites, rows, others, measure, chance, withSimilarity } = results;
  // By label: a control's penalties may squeeze all others into a tenth of the scale.
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shared = { ...results, hidden, points: layerPoints(rows, sites.length, chance) };
  return {
    penalty: penaltyChart({
      ...shared,
      title: "Stitching penalty, in percentage points",
      others: otherPenalties(others, sites.length),
    }),
    similarity: withSimilarity
      ? similarityChart({
          ...shared,
          title: `Similarity: ${measure}`,
          others: otherSimilarities(others, sites.length),
        })
      : null,
    toggle: (label) => setHidden(switched(hidden, label)),
  };
}

/** With the name, or without it where it was there. */
function switched(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return names.has(name)
    ? new Set([...names].filter((other) => other !== name))
    : new Set([...names, name]);
}
