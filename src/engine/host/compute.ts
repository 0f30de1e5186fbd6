/** Computes what is missing of an experiment on a pool of workers. */
import { mergeSums } from "../../core/similarity/sums";
import type { ExperimentEvent, Role } from "../../experiment/events";
import type { Plan } from "../../experiment/plan";
import type { BackendName } from "../../experiment/report";
import type {
  BaselineTask,
  FamilyTask,
  LeastSquaresTask,
  StitchTask,
  Task,
} from "../../experiment/task";
import { checkpointFor } from "../checkpoint";
import type { ClosedFormResult, ResultOf } from "../result";
import { computeStitch } from "./compute-stitch";
import type { ResultCollector } from "./result-collector";
import type { Locks } from "./locks";
import { keyOf, type StoredCurve } from "./restore-curves";
import type { Pool } from "./pool";
import type { ProgressMeter } from "./progress";
import { isResultOf, storedResult, type ResultStore } from "./result-store";
import type { TrackedCheckpoints } from "./tracked-writes";
import type { TaskRequest, TaskListener } from "./worker-link";

export interface ComputeDeps {
  readonly backend: BackendName;
  readonly store: ResultStore;
  /** Writes in the order asked, so that a late checkpoint does not outlive its task. */
  readonly checkpoints: TrackedCheckpoints;
  readonly locks: Locks;
  readonly signal: AbortSignal;
  readonly pool: Pool;
  readonly meter: ProgressMeter;
  readonly tell: (event: ExperimentEvent) => void;
}

/**
 * Computes every missing task, stores its result and tells it. A task that another host computes at
 * that time, or another curve, is waited for, and then found in the store.
 *
 * @throws LabError as a task does
 */
export async function compute(
  curves: readonly StoredCurve[],
  { backend, store, checkpoints, locks, signal, pool, meter, tell }: ComputeDeps,
): Promise<void> {
  async function runTask<T extends Task>(task: T, key: string, sums: Sums): Promise<ResultOf<T>> {
    const from = checkpointFor(task, await checkpoints.get(key));
    const listener: TaskListener = {
      progress(fraction, activity, tensorBytes) {
        meter.update(task, fraction, tensorBytes);
        tell(meter.now(activity));
      },
      checkpoint(checkpoint) {
        void checkpoints.put(key, checkpoint);
      },
    };
    const result =
      task.type === "stitch"
        ? await computeStitch(task, sums, from, pool, listener)
        : await pool.run({ task, sums, from }, listener);
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    const adapter = pool.adapter();
    const named = adapter === null ? result : { ...result, adapter };
    await store.put(key, named);
    await checkpoints.delete(key);
    return named;
  }

  const underWay = new Map<string, Promise<unknown>>();
  const run = async <T extends Task>(task: T, sums: Sums = []): Promise<ResultOf<T>> => {
    const key = keyOf(task, backend);
    // Another curve may be at the same task.
    await underWay.get(key);
    const computing = locks.exclusive(
      `task:${key}`,
      signal,
      async () => (await storedResult(store, key, task)) ?? (await runTask(task, key, sums)),
    );
    underWay.set(
      key,
      computing.catch(() => undefined),
    );
    const result = await computing;
    meter.update(task, 1, 0);
    return result;
  };

  const runBaselines = (
    collector: ResultCollector,
    wanted: readonly [BaselineTask, Role[]][],
  ): Promise<void>[] =>
    wanted.map(async ([task, roles]) => {
      const result = await run(task);
      for (const role of roles) collector.baseline(role, result);
    });

  /**
   * What all sites share, so that the least-squares curve is complete early. The bottom's own error is part of no
   * penalty and comes with the training.
   */
  async function closedForm(curve: StoredCurve): Promise<void> {
    const { plan, collector, missing } = curve;
    const baselines = rolesByBaseline(plan, missing, backend);
    await Promise.all([
      ...runBaselines(
        collector,
        baselines.filter(([, roles]) => roles.includes("top")),
      ),
      // They need the sums alone: no worker waits for the top's own error, which one worker finds.
      closedFormSums(curve).then(() => closedFormScores(curve)),
    ]);
  }

  async function closedFormSums({ plan, collector, missing }: StoredCurve): Promise<void> {
    await Promise.all(
      among(missing, plan.closedForm).map(async (task) => {
        collector.closedForm(plan.closedForm.indexOf(task), await run(task));
      }),
    );
  }

  async function closedFormScores({ plan, collector, missing }: StoredCurve): Promise<void> {
    const sumsOf = ({ asked }: LeastSquaresTask | FamilyTask): Sums =>
      asked.flatMap((site) => sumsAt(collector, site));
    await Promise.all([
      ...among(missing, plan.leastSquares).map(async (task) => {
        collector.leastSquares(plan.leastSquares.indexOf(task), await run(task, sumsOf(task)));
      }),
      ...among(missing, plan.family).map(async (task) => {
        collector.family(plan.family.indexOf(task), await run(task, sumsOf(task)));
      }),
    ]);
  }

  async function train({ plan, collector, missing }: StoredCurve): Promise<void> {
    const baselines = rolesByBaseline(plan, missing, backend);
    // Where it changes most first: where the least-squares stitch costs most.
    const penalty = ({ site }: StitchTask): number =>
      collector.leastSquaresPenalty(site) ?? -Infinity;
    const worthTraining = among(missing, plan.stitches).filter(
      ({ site }) => !collector.hasFailed(site),
    );
    await Promise.all([
      ...worthTraining
        .sort((a, b) => penalty(b) - penalty(a))
        .map(async (task) => {
          collector.stitch(task.site, await run(task, sumsAt(collector, task.site)));
        }),
      ...runBaselines(
        collector,
        baselines.filter(([, roles]) => !roles.includes("top")),
      ),
    ]);
  }

  for (const curve of curves) await closedForm(curve);
  // All at once: the pool takes them in this order, and no worker waits for the end of a curve.
  await Promise.all(curves.map(train));
}

/** Those of a plan's tasks that are missing. */
function among<T extends Task>(missing: readonly Task[], tasks: readonly T[]): T[] {
  return tasks.filter((task) => missing.includes(task));
}

function sumsAt(collector: ResultCollector, site: number): Sums {
  return mergedSums(collector.closedFormResults() ?? [], site);
}

/** A site's sums over all parts, merged in order; none where a part is missing. */
export function mergedSums(parts: readonly ClosedFormResult[], site: number): Sums {
  const [first, ...rest] = parts.flatMap(({ sums }) => sums[site] ?? []);
  return first ? [rest.reduce(mergeSums, first)] : [];
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

type Sums = TaskRequest["sums"];
