/** Computes what is missing of an experiment on a pool of workers. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import type { ExperimentEvent } from "../../experiment/events";
import type { Plan } from "../../experiment/plan";
import type { BackendName } from "../../experiment/report";
import type { Task } from "../../experiment/task";
import { isResultOf, kindOf, type TaskResult } from "../kinds/registry";
import { storedCheckpoint, type TrackedCheckpoints } from "./checkpoint-store";
import { mergedSums } from "./outcome";
import { computeStitch } from "./compute-stitch";
import type { Locks } from "./locks";
import type { Pool } from "./pool";
import type { ProgressMeter } from "./progress";
import type { StoredCurve } from "./restore";
import { keyOf, storedResult, type ResultStore } from "./result-store";
import type { TaskListener } from "./worker-link";

export interface ComputeDeps {
  readonly backend: BackendName;
  readonly store: ResultStore;
  /** Writes in the order of the calls: a late checkpoint must not outlive its task. */
  readonly checkpoints: TrackedCheckpoints;
  readonly locks: Locks;
  readonly signal: AbortSignal;
  readonly pool: Pool;
  readonly meter: ProgressMeter;
  readonly emit: (event: ExperimentEvent) => void;
}

/**
 * Computes every missing task, stores its result and emits it. A task that another host or another
 * curve is computing is waited for, and then found in the store.
 *
 * @throws LabError as a task does
 */
export async function compute(
  curves: readonly StoredCurve[],
  { backend, store, checkpoints, locks, signal, pool, meter, emit }: ComputeDeps,
): Promise<void> {
  async function computeTask(
    task: Task,
    key: string,
    sums: readonly ClosedFormSums[],
  ): Promise<TaskResult> {
    const from = await storedCheckpoint(checkpoints, key, task);
    const listener: TaskListener = {
      progress(fraction, activity, tensorBytes) {
        meter.update(task, fraction, tensorBytes);
        emit(meter.now(activity));
      },
      checkpoint(checkpoint) {
        void checkpoints.put(key, checkpoint);
      },
    };
    const result =
      task.type === "stitch"
        ? await computeStitch(task, sums, from, pool, listener)
        : // Other results wait for the measures.
          await pool.run(
            { task, sums, from },
            listener,
            task.type === "measures" ? "next" : "last",
          );
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    const adapter = pool.adapter();
    const named = adapter === null ? result : { ...result, adapter };
    await store.put(key, named);
    await checkpoints.delete(key);
    return named;
  }

  const inProgress = new Map<string, Promise<unknown>>();
  async function resultOf(task: Task, { collector }: StoredCurve): Promise<TaskResult> {
    const key = keyOf(task, backend);
    // Another curve may be computing it.
    await inProgress.get(key);
    const parts =
      (task.type === "measures"
        ? collector.similarityResults(task)
        : collector.closedFormResults()) ?? [];
    const sites = kindOf(task).sites?.(task) ?? [];
    const sums = sites.flatMap((site) => mergedSums(parts, site) ?? []);
    const computing = locks.exclusive(
      `task:${key}`,
      signal,
      async () => (await storedResult(store, key, task)) ?? (await computeTask(task, key, sums)),
    );
    inProgress.set(
      key,
      computing.catch(() => undefined),
    );
    const result = await computing;
    meter.update(task, 1, 0);
    return result;
  }

  /** @param same tasks that have the same result */
  async function run(
    curve: StoredCurve,
    tasks: readonly Task[],
    same: readonly Task[] = [],
  ): Promise<void> {
    const { collector, missing } = curve;
    const computing = tasks
      .filter((task) => missing.includes(task))
      .map(async (task) => {
        const result = await resultOf(task, curve);
        for (const each of [task, ...same]) collector.add(each, result);
      });
    await Promise.all(computing);
  }

  /** A network stitched to itself has one baseline in both roles. */
  const isSelfStitch = ({ baselines: { top, bottom } }: Plan): boolean =>
    keyOf(top, backend) === keyOf(bottom, backend);

  /**
   * Computes what all sites share first, which completes the least-squares curve early. The
   * bottom's own error is part of no penalty and comes with the training.
   */
  async function runShared(curve: StoredCurve): Promise<void> {
    const { plan } = curve;
    const { top, bottom } = plan.baselines;
    await Promise.all([
      run(curve, [top], isSelfStitch(plan) ? [bottom] : []),
      // They need the sums alone: no worker waits for the top's own error, which one worker finds.
      run(curve, plan.closedForm).then(() => run(curve, [...plan.leastSquares, ...plan.family])),
    ]);
  }

  /**
   * Each group of sites by itself. Its sums are not needed afterwards; those of thousands of
   * channels have hundreds of megabytes.
   */
  async function measure(curve: StoredCurve): Promise<void> {
    await Promise.all(
      curve.plan.similarity.map(async ({ passes, measures }) => {
        await run(curve, passes);
        await run(curve, [measures]);
        await Promise.all(passes.map((pass) => store.delete(keyOf(pass, backend))));
      }),
    );
  }

  async function train(curve: StoredCurve): Promise<void> {
    const { plan, collector } = curve;
    // Where training changes most first: where the least-squares stitch costs most.
    const penalty = ({ site }: Plan["stitches"][number]): number =>
      collector.leastSquaresPenalty(site) ?? -Infinity;
    const stitches = plan.stitches
      .filter(({ site }) => !collector.hasFailed(site))
      .sort((a, b) => penalty(b) - penalty(a));
    await Promise.all([
      measure(curve),
      run(curve, stitches),
      run(curve, isSelfStitch(plan) ? [] : [plan.baselines.bottom]),
    ]);
  }

  for (const curve of curves) await runShared(curve);
  // All at once: the pool takes them in this order, and no worker waits for the end of a curve.
  await Promise.all(curves.map(train));
}
