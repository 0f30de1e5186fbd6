/** Penalty curves of several experiments in one chart, each with its name next to it. */
import type { ReactNode } from "react";
import type { Tap } from "../../core/nets/taps";
import type { CurveReport, Report } from "../../experiment/report";
import { curvesOf, withFirstCurve, type CurveSpec, type Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { axisNames } from "../picture/plots/axis-names";
import { curveLook } from "../picture/model/curve-looks";
import { targetWords } from "../format/target-words";
import { penaltyPlot } from "../picture/model/penalty-plot";
import { PlainPlot } from "../picture/plots/PlainPlot";
import { axisSites, pairOf } from "../session/experiment/pair";
import { curveResults, emptyResults, withEvent } from "../session/results/results";
import { rowsOf } from "../session/results/rows";
import { curveLabel } from "../format/labels";

interface Named {
  readonly title: string;
  /** Whether the visitor gave it that title. */
  readonly named: boolean;
  readonly report: Report;
}

interface Props {
  readonly experiments: readonly Named[];
  readonly models: readonly LabModel[];
}

export function ComparedCurves({ experiments, models }: Props): ReactNode {
  const curves = withDistinctLabels(
    experiments.flatMap((experiment) => curvesIn(experiment, models)),
  );
  const [first] = curves;
  if (first === undefined) return null;
  const agrees = experiments.map(({ report }) => report.spec.target === "top");
  const axis = { slots: first.sites.length, names: axisNames(first.sites, first.rows) };
  const plot = penaltyPlot({
    axis,
    curves: curves.map(({ label, rows, sites }, index) => ({
      index,
      name: label,
      title: label,
      rows,
      before: null,
      layers: sites.length,
      control: false,
      stitched: true,
      look: index === 0 ? curveLook("main", 0) : curveLook("other", index - 1),
    })),
    hidden: new Set(),
    main: 0,
    words: targetWords(agrees[0] === true ? { target: "top" } : {}),
    trained: false,
    topError: null,
    bottomError: null,
    oneScale: true,
    highest: null,
    paper: [],
  });
  const name = agrees.includes(true)
    ? agrees.includes(false)
      ? "Penalty, or disagreement with the top,"
      : "Disagreement with the top"
    : "Stitching penalty";
  const worded = experiments.some(({ report }) => report.spec.layout === "grid");
  return (
    <figure aria-label={`${name} of the chosen experiments, in percentage points`}>
      <PlainPlot plot={{ ...plot, notes: [] }} axis={axis} />
      <p className="hint">
        {name} in percentage points. Layers run from input to output; networks of different depths
        are stretched to the same width. 0 is each top network’s own error.
        {worded && " Grids are drawn cell by cell."}
      </p>
    </figure>
  );
}

/** Two of one name, such as one pair with two protocols, have numbers. */
function withDistinctLabels<T extends { readonly label: string }>(curves: readonly T[]): T[] {
  return curves.map((curve, index) => {
    const before = curves.slice(0, index).filter(({ label }) => label === curve.label).length;
    return before === 0 ? curve : { ...curve, label: `${curve.label} (${before + 1})` };
  });
}

function curvesIn({ title, named, report }: Named, models: readonly LabModel[]) {
  const { spec } = report;
  const reports = report.curves;
  const whole = withEvent(emptyResults, { type: "finished", report });
  return curvesOf(spec).map((curve, index) => {
    const found = reports[index] ?? reports[0];
    const sites = tapsOf(curve, found, models);
    const results = curveResults(whole, index);
    const names = found.sites.map(({ site, name }) => ({ index: site, name }));
    // An experiment of several curves that has no name is labelled by theirs.
    const own = named ? `${title}: ${curveLabel(curve, spec)}` : curveLabel(curve, noTop(spec));
    const label = reports.length === 1 ? title : own;
    return { label, sites, rows: rowsOf(results, names) };
  });
}

/** So that a curve's label names its top, which another experiment's may not be. */
function noTop(spec: Spec): Spec {
  return withFirstCurve(spec, { top: "" });
}

/**
 * The top's layers where it is here; otherwise, and in a grid, the places that the report names.
 */
function tapsOf(spec: CurveSpec, report: CurveReport, models: readonly LabModel[]): readonly Tap[] {
  const pair = pairOf(spec, models);
  if (pair !== null && spec.layout === "diagonal") return axisSites(pair);
  const count = 1 + Math.max(-1, ...report.sites.map(({ site }) => site));
  return Array.from({ length: count }, (_, index) => ({
    index,
    height: 1,
    width: 1,
    channels: 1,
    name: report.sites.find(({ site }) => site === index)?.name ?? "",
  }));
}
