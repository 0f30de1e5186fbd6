/** Past experiments by their words. */
import type { PastExperiment } from "../../experiment/past";
import { curvesOf } from "../../experiment/spec";
import { objectiveLabel } from "../format/labels";
import type { LabModel } from "../engine/models";
import { pairTitle, titleOf } from "../session/experiment/model-names";

/** What an experiment is called: the visitor's name for it, or its networks'. */
export function experimentTitle(
  { name, report }: Pick<PastExperiment, "name" | "report">,
  models: readonly LabModel[],
): string {
  if (name !== null) return name;
  const [first, ...others] = report.spec.curves;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${pairTitle(first, models)}${more}`;
}

/** Whether every word is somewhere in what is known of it. */
export function matches(
  experiment: PastExperiment,
  query: string,
  models: readonly LabModel[],
): boolean {
  const { spec, backend } = experiment.report;
  const networks = curvesOf(spec).flatMap(({ bottom, top, family, perturbation, objective }) => [
    bottom,
    titleOf(bottom, models),
    top,
    titleOf(top, models),
    family,
    perturbation,
    ...(objective ? [objective, objectiveLabel(objective)] : []),
  ]);
  const known = [
    experimentTitle(experiment, models),
    spec.protocol,
    spec.layout,
    backend,
    ...networks,
  ]
    .join(" ")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.includes(word));
}
