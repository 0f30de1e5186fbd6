/** The charts of a recorded report, as the page describes them. */
import type { Tap } from "../../../src/core/nets/architecture";
import type { Report } from "../../../src/experiment/report";
import {
  layerPoints,
  otherPenalties,
  otherSimilarities,
} from "../../../src/lab/results/charts/chart-data";
import type { ChartDescription } from "../../../src/lab/results/charts/description";
import { penaltyChart } from "../../../src/lab/results/charts/penalty-description";
import { similarityChart } from "../../../src/lab/results/charts/similarity-description";
import { curveResults, emptyResults, withEvent } from "../../../src/lab/session/results";
import { rowsOf, type Row } from "../../../src/lab/session/rows";

/** The name that the charts give a curve of the report. */
export function curveName(report: Report, curve: number): string {
  const { bottom = "", top = "" } = report.spec.curves[curve] ?? {};
  return `${bottom} into ${top} (${curve})`;
}

export function recordedCharts(
  report: Report,
  hidden: ReadonlySet<string> = new Set(),
): { readonly penalty: ChartDescription; readonly similarity: ChartDescription } {
  const results = withEvent(emptyResults, { type: "finished", report });
  const curves = report.curves.map(({ sites }, curve) => {
    const names = sites.map(({ site, name }) => ({ index: site, name }));
    const rows: readonly Row[] = rowsOf(curveResults(results, curve), names);
    return { label: curveName(report, curve), rows, tapCount: sites.length };
  });
  const [first, ...others] = curves;
  if (!first) throw new Error("a report without a curve");
  const sites = first.rows.map(({ site, name }): Tap => ({
    index: site,
    name,
    channels: 1,
    height: 1,
    width: 1,
  }));
  const shared = {
    sites,
    hidden,
    label: first.label,
    points: layerPoints(
      first.rows,
      sites.length,
      sites.map(() => 0),
    ),
  };
  return {
    penalty: penaltyChart({
      ...shared,
      title: "Stitching penalty",
      others: otherPenalties(others, sites.length),
      trained: true,
      topError: 0.0625,
      bottomError: 0.125,
    }),
    similarity: similarityChart({
      ...shared,
      title: "Similarity",
      others: otherSimilarities(others, sites.length),
    }),
  };
}
