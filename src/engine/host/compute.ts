/** Computes what is missing of an experiment on a pool of workers. */
import type { ExperimentEvent, Role } from "../../experiment/events";
import type { Plan } from "../../experiment/plan";
import type { BackendName } from "../../experiment/report";
import type { BaselineTask, Task } from "../../experiment/task";
import type { ResultOf } from "../result";
import { keyOf, type LookedUp } from "./look-up";
import type { Pool } from "./pool";
import type { ProgressMeter } from "./progress";
import { isResultOf, type ResultStore } from "./result-store";

export interface ComputeDeps {
  readonly backend: BackendName;
  readonly store: ResultStore;
  readonly pool: Pool;
  readonly meter: ProgressMeter;
  readonly tell: (event: ExperimentEvent) => void;
}

/** Computes every missing task, stores its result and tells it. @throws LabError as a task does */
export async function compute(
  { plan, findings, missing }: LookedUp,
  { backend, store, pool, meter, tell }: ComputeDeps,
): Promise<void> {
  const run = async <T extends Task>(task: T, sums = noSums): Promise<ResultOf<T>> => {
    const result = await pool.run(
      { task, sums },
      {
        progress(fraction, activity) {
          meter.update(task, fraction);
          tell(meter.now(activity));
        },
        leastSquares(wrong) {
          if (task.type === "stitch") findings.leastSquares(task.tap, wrong);
        },
      },
    );
    meter.update(task, 1);
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    await store.put(keyOf(task, backend), result);
    return result;
  };
  const todo = <T extends Task>(tasks: readonly T[]): T[] =>
    tasks.filter((task) => missing.includes(task));

  // Stitches need the sums of every image and the top's baseline.
  await Promise.all([
    ...rolesByBaseline(plan, missing, backend).map(async ([task, roles]) => {
      const result = await run(task);
      for (const role of roles) findings.baseline(role, result);
    }),
    ...todo(plan.closedForm).map(async (task) => {
      findings.closedForm(plan.closedForm.indexOf(task), await run(task));
    }),
  ]);
  const parts = findings.closedFormResults() ?? [];
  await Promise.all(
    todo(plan.stitches).map(async (task) => {
      const sums = parts.flatMap((part) => part.sums[task.tap] ?? []);
      findings.stitch(task.tap, await run(task, sums));
    }),
  );
}

/** The missing baselines, each once: a network stitched to itself has the same one in both roles. */
function rolesByBaseline(
  { baselines }: Plan,
  missing: readonly Task[],
  backend: BackendName,
): [BaselineTask, Role[]][] {
  if (keyOf(baselines.top, backend) === keyOf(baselines.bottom, backend)) {
    return missing.includes(baselines.top) ? [[baselines.top, ["top", "bottom"]]] : [];
  }
  return (["top", "bottom"] as const)
    .filter((role) => missing.includes(baselines[role]))
    .map((role) => [baselines[role], [role]]);
}

const noSums: Parameters<Pool["run"]>[0]["sums"] = [];
