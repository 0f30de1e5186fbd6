/** What is stored of an experiment. Apart from running it, which a page need not load to tell it. */
import type { ExperimentEvent } from "../../experiment/events";
import type { Report } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import { restoreCurves, type StoredCurve, type RestoreDeps } from "./restore-curves";

/**
 * Tells what is stored of an experiment, ending with `finished` when that is all of it.
 *
 * @throws LabError `bad-input` when the networks do not fit each other or the spec
 */
export async function* restoreExperiment(
  spec: Spec,
  deps: RestoreDeps,
): AsyncGenerator<ExperimentEvent> {
  const events: ExperimentEvent[] = [];
  const curves = await restoreCurves(spec, deps, (event) => events.push(event));
  yield* events;
  const report = reportOf(spec, deps, curves);
  if (report) yield { type: "finished", report };
}

/** undefined until everything is there. */
export function reportOf(
  spec: Spec,
  { backend }: RestoreDeps,
  curves: readonly StoredCurve[],
): Report | undefined {
  const [first, ...others] = curves.flatMap(({ collector }) => collector.report() ?? []);
  if (!first || 1 + others.length < curves.length) return undefined;
  const adapter = curves.map(({ collector }) => collector.adapter()).find((name) => name !== null);
  return {
    format: "stitch-lab-report-3",
    spec,
    backend,
    adapter: adapter ?? null,
    curves: [first, ...others],
  };
}
