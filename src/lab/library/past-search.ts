/** Past experiments by their words. */
import type { PastExperiment } from "../../experiment/past";
import { curvesOf } from "../../experiment/spec";
import { isUserModel, type LabModel } from "../engine/models";

/** What an experiment is called: the visitor's name for it, or its networks'. */
export function titleOf(
  { name, report }: Pick<PastExperiment, "name" | "report">,
  models: readonly LabModel[],
): string {
  if (name !== null) return name;
  const [{ bottom, top }, ...others] = report.spec.curves;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${networkName(bottom, models)} into ${networkName(top, models)}${more}`;
}

/** Whether every word is somewhere in what is known of it. */
export function matches(
  experiment: PastExperiment,
  query: string,
  models: readonly LabModel[],
): boolean {
  const { spec, backend } = experiment.report;
  const networks = curvesOf(spec).flatMap(({ bottom, top, family, perturbation }) => [
    networkName(bottom, models),
    networkName(top, models),
    family,
    perturbation,
  ]);
  const known = [titleOf(experiment, models), spec.protocol, spec.layout, backend, ...networks]
    .join(" ")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.includes(word));
}

/** A file's name where it is here, or the beginning of its hash. */
function networkName(id: string, models: readonly LabModel[]): string {
  const model = models.find((other) => other.id === id);
  return model && isUserModel(model) ? model.name : id.replace(/^(sha256:.{12}).*$/, "$1…");
}
