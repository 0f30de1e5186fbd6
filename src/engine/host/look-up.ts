/** Looks up what is stored of an experiment. */
import type { DataManifest } from "../../core/data/manifest";
import { sha256Hex } from "../../core/weights/hash";
import type { ExperimentEvent, Role } from "../../experiment/events";
import { planOf, type Plan } from "../../experiment/plan";
import { batchSize } from "../../experiment/protocol";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import { taskIdentity, type Task } from "../../experiment/task";
import type { ModelFile } from "../messages";
import type { ResultOf } from "../result";
import { createFindings, type Findings } from "./findings";
import { storedResult, type ResultStore } from "./result-store";

/** What it takes to tell what is stored: nothing that computes or fetches. */
export interface RecallDeps {
  readonly models: Readonly<Record<Role, ModelFile>>;
  readonly data: DataManifest;
  readonly backend: BackendName;
  readonly store: ResultStore;
}

export interface LookedUp {
  readonly plan: Plan;
  readonly findings: Findings;
  /** Tasks without a stored result, in the order they should run. */
  readonly missing: readonly Task[];
}

/**
 * Tells stored results as they are found.
 *
 * @throws LabError `bad-input` when the networks do not fit each other or the spec
 */
export async function lookUp(
  spec: Spec,
  deps: RecallDeps,
  tell: (event: ExperimentEvent) => void,
): Promise<LookedUp> {
  const { models, data, backend, store } = deps;
  const plan = planOf(spec, models.top, models.bottom, data);
  const findings = createFindings(spec, plan, models, tell);
  const missing: Task[] = [];
  const find = async <T extends Task>(task: T): Promise<ResultOf<T> | undefined> => {
    const result = await storedResult(store, keyOf(task, backend), task);
    if (!result) missing.push(task);
    return result;
  };
  for (const role of ["top", "bottom"] as const) {
    const result = await find(plan.baselines[role]);
    if (result) findings.baseline(role, result);
  }
  for (const [part, task] of plan.closedForm.entries()) {
    const result = await find(task);
    if (result) findings.closedForm(part, result);
  }
  for (const [part, task] of plan.leastSquares.entries()) {
    const result = await find(task);
    if (result) findings.leastSquares(part, result);
  }
  for (const task of plan.stitches) {
    const result = await find(task);
    if (result) findings.stitch(task.tap, result);
  }
  return { plan, findings, missing };
}

/** What a task's result is stored under. */
export function keyOf(task: Task, backend: BackendName): string {
  return sha256Hex(taskIdentity(task, batchSize, backend));
}
