/** Looks up what is stored of an experiment. */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { sha256Hex } from "../../core/weights/hash";
import type { ExperimentEvent, ResultEvent, Role } from "../../experiment/events";
import { planOf, type Plan } from "../../experiment/plan";
import { batchSize } from "../../experiment/protocol";
import type { BackendName } from "../../experiment/report";
import { curvesOf, type Spec } from "../../experiment/spec";
import { taskIdentity, type Task } from "../../experiment/task";
import type { ModelFile } from "../messages";
import type { ResultOf } from "../result";
import { createResultCollector, type ResultCollector } from "./result-collector";
import { storedResult, type ResultStore } from "./result-store";

/** What it takes to tell what is stored: nothing that computes or fetches. */
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
 * Tells stored results as they are found.
 *
 * @returns one a curve, the first one first
 * @throws LabError `bad-input` when two networks do not fit each other or the spec, `not-found` when one is not
 *   among the models
 */
export async function restoreCurves(
  spec: Spec,
  deps: RestoreDeps,
  tell: (event: ExperimentEvent) => void,
): Promise<StoredCurve[]> {
  const curves = curvesOf(spec).map((curve) => {
    const models = { top: modelOf(curve.top, "top"), bottom: modelOf(curve.bottom, "bottom") };
    return { spec: curve, models, plan: planOf(curve, models.top, models.bottom, deps.data) };
  });
  // Every curve is planned before anything is told: an experiment that cannot be run as a whole is refused.
  const lookedUp: StoredCurve[] = [];
  for (const [index, { spec: curve, models, plan }] of curves.entries()) {
    const collector = createResultCollector(curve, plan, models, (event: ResultEvent) => {
      tell({ type: "curve", curve: index, event });
    });
    lookedUp.push({ plan, collector, missing: await storedOf(plan, collector, deps) });
  }
  return lookedUp;

  function modelOf(id: string, role: Role): ModelFile {
    const model = deps.models.find((other) => other.id === id);
    if (model) return model;
    const expected = `one of ${deps.models.map((other) => other.id).join(", ")}`;
    throw new LabError({ code: "not-found", input: role, expected, found: id });
  }
}

/** Passes on what is stored. @returns what is not */
async function storedOf(
  plan: Plan,
  collector: ResultCollector,
  { backend, store }: RestoreDeps,
): Promise<Task[]> {
  const missing: Task[] = [];
  const find = async <T extends Task>(task: T): Promise<ResultOf<T> | undefined> => {
    const result = await storedResult(store, keyOf(task, backend), task);
    if (!result) missing.push(task);
    return result;
  };
  for (const role of ["top", "bottom"] as const) {
    const result = await find(plan.baselines[role]);
    if (result) collector.baseline(role, result);
  }
  for (const [part, task] of plan.closedForm.entries()) {
    const result = await find(task);
    if (result) collector.closedForm(part, result);
  }
  for (const [part, task] of plan.leastSquares.entries()) {
    const result = await find(task);
    if (result) collector.leastSquares(part, result);
  }
  for (const [part, task] of plan.family.entries()) {
    const result = await find(task);
    if (result) collector.family(part, result);
  }
  for (const task of plan.stitches) {
    const result = await find(task);
    if (result) collector.stitch(task.site, result);
  }
  return missing;
}

/** What a task's result is stored under. */
export function keyOf(task: Task, backend: BackendName): string {
  return sha256Hex(taskIdentity(task, batchSize, backend));
}
