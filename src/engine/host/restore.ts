/**
 * Looks up what is stored of an experiment. Apart from running it, which a page need not load for
 * this.
 */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import type { ExperimentEvent, Role } from "../../experiment/events";
import { planOf, tasksOf, type Plan } from "../../experiment/plan/plan";
import type { BackendName, Report } from "../../experiment/report";
import { curvesOf, type Spec } from "../../experiment/spec";
import type { Task } from "../../experiment/plan/task";
import type { MeasuresResult } from "../kinds/measures";
import type { ResultOf } from "../kinds/registry";
import type { ModelFile } from "../messages";
import { createResultCollector, type ResultCollector } from "./result-collector";
import { olderMeasures } from "./outcome";
import { keyOf, storedResult, type ResultStore } from "./result-store";

/** What looking up takes: nothing that computes or fetches. */
export interface RestoreDeps {
  /** Those that the spec names, at least. */
  readonly models: readonly ModelFile[];
  readonly data: DataManifest;
  readonly backend: BackendName;
  readonly store: ResultStore;
}

/** One curve of an experiment. */
export interface StoredCurve {
  readonly plan: Plan;
  readonly collector: ResultCollector;
  /** Tasks without a stored result, in the order they should run. */
  readonly missing: readonly Task[];
}

/**
 * Yields what is stored of an experiment, ending with `finished` when that is all of it.
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

/**
 * Emits stored results as they are found.
 *
 * @returns one for each curve, in the spec's order
 * @throws LabError `bad-input` when two networks do not fit each other or the spec, `not-found`
 *   when one is not among the models
 */
export async function restoreCurves(
  spec: Spec,
  deps: RestoreDeps,
  emit: (event: ExperimentEvent) => void,
): Promise<StoredCurve[]> {
  const curves = curvesOf(spec).map((curve) => {
    const models = { top: modelOf(curve.top, "top"), bottom: modelOf(curve.bottom, "bottom") };
    return { spec: curve, models, plan: planOf(curve, models.top, models.bottom, deps.data) };
  });
  // Every curve is planned before any event: an experiment that cannot be run as a whole is
  // refused.
  const restored: StoredCurve[] = [];
  for (const [index, { spec: curve, models, plan }] of curves.entries()) {
    const collector = createResultCollector(curve, plan, models, (event) =>
      emit({ type: "curve", curve: index, event }),
    );
    const missing: Task[] = [];
    for (const task of tasksOf(plan)) {
      const result =
        (await find(task)) ?? (task.type === "measures" ? await oldMeasures(plan) : undefined);
      if (result) collector.add(task, result);
      else missing.push(task);
    }
    // Where the measures are there, what they are taken from is not needed.
    const unneeded = new Set<Task>(
      plan.similarity.flatMap(({ passes, measures }) => (missing.includes(measures) ? [] : passes)),
    );
    restored.push({ plan, collector, missing: missing.filter((task) => !unneeded.has(task)) });
  }
  return restored;

  function find<T extends Task>(task: T): Promise<ResultOf<T> | undefined> {
    return storedResult(deps.store, keyOf(task, deps.backend), task);
  }

  /** Measures on the training images as older versions stored them; undefined for test images. */
  async function oldMeasures(plan: Plan): Promise<MeasuresResult | undefined> {
    // Older versions had no images so large that sites are measured in groups.
    const [all, ...groups] = plan.similarity;
    if (groups.length > 0 || all?.measures.images.split !== "train") return undefined;
    const parts = await Promise.all(plan.leastSquares.map(find));
    return olderMeasures(
      parts.flatMap((part) => part ?? []),
      plan.asked,
    );
  }

  function modelOf(id: string, role: Role): ModelFile {
    const model = deps.models.find((other) => other.id === id);
    if (model) return model;
    const expected = `one of ${deps.models.map((other) => other.id).join(", ")}`;
    throw new LabError({ code: "not-found", input: role, expected, found: id });
  }
}

/** The report; undefined until everything is there. */
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
