/** Computes what is missing of an experiment on a pool of workers. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import type { ExperimentEvent } from "../../experiment/events";
import type { Plan } from "../../experiment/plan/plan";
import { tasksAt, type SiteGroup } from "../../experiment/plan/site-groups";
import type { BackendName } from "../../experiment/report";
import type {
  ClosedFormTask,
  DepartureTask,
  SimilarityTask,
  Task,
} from "../../experiment/plan/task";
import { isResultOf, kindOf, type ResultOf, type TaskResult } from "../kinds/registry";
import { heldBytes } from "../memory";
import { storedCheckpoint, type TrackedCheckpoints } from "./checkpoint-store";
import { withSums, type SumsOfSites } from "./outcome";
import { computeStitch } from "./compute-stitch";
import type { DepartureOrder } from "../kinds/departure";
import type { Locks } from "./locks";
import type { Pool } from "./pool";
import type { ProgressMeter } from "./progress";
import { createRoom } from "./room";
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
  /** Memory for the sums of large images. */
  readonly hostBytes: number;
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
  { backend, store, checkpoints, locks, signal, pool, hostBytes, meter, emit }: ComputeDeps,
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
        : await pool.run(
            // Without a wait for other tasks: the pool takes them in the order in which they are asked for.
            { task: task.type === "departure" ? await orderOf(task) : task, sums, from },
            listener,
            // Other results wait for the measures.
            task.type === "measures" ? "next" : "last",
          );
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    const adapter = pool.adapter();
    const named = adapter === null ? result : { ...result, adapter };
    await store.put(key, named);
    await checkpoints.delete(key);
    return named;
  }

  /** @throws Error for the departure of a stitch that is not there */
  async function orderOf(task: DepartureTask): Promise<DepartureOrder> {
    const { stitch } = task;
    if (stitch.type !== "stitch") return { ...task, trained: null };
    const result = await storedResult(store, keyOf(stitch, backend), stitch);
    if (result?.type !== "stitch") throw new Error("departure: expected a trained stitch");
    return { ...task, trained: { kind: "parameters", parameters: result.stitch } };
  }

  const inProgress = new Map<string, Promise<void>>();
  async function resultOf<T extends Task>(task: T, sums: SumsOfSites): Promise<ResultOf<T>> {
    const key = keyOf(task, backend);
    const sites = kindOf(task).sites?.(task) ?? [];
    const own = sites.flatMap((site) => sums.get(site) ?? []);
    // Another curve may be computing it.
    const before = inProgress.get(key) ?? Promise.resolve();
    const computing = before.then(() =>
      locks.exclusive(
        `task:${key}`,
        signal,
        async () => (await storedResult(store, key, task)) ?? (await computeTask(task, key, own)),
      ),
    );
    const ignore = (): void => undefined;
    inProgress.set(key, computing.then(ignore, ignore));
    const result = await computing;
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    meter.update(task, 1, 0);
    return result;
  }

  /** @param same tasks that have the same result */
  async function run(
    { collector, missing }: StoredCurve,
    tasks: readonly Task[],
    sums: SumsOfSites = new Map(),
    same: readonly Task[] = [],
  ): Promise<void> {
    const computing = tasks
      .filter((task) => missing.includes(task))
      .map(async (task) => {
        const result = await resultOf(task, sums);
        for (const each of [task, ...same]) collector.add(each, result);
      });
    await Promise.all(computing);
  }

  /** Computes the sums that are missing. @returns those of all, merged in order */
  async function gathered(
    { collector }: StoredCurve,
    tasks: readonly (ClosedFormTask | SimilarityTask)[],
  ): Promise<SumsOfSites> {
    let merged: Promise<SumsOfSites> = Promise.resolve(new Map());
    for (const task of tasks) {
      const result = resultOf<ClosedFormTask | SimilarityTask>(task, new Map());
      const sums = result.then((found) => {
        collector.add(task, found);
        return found.sums;
      });
      // In the order of the tasks, whichever is done first; each is forgotten once it is merged.
      merged = Promise.all([merged, sums]).then(([before, own]) => withSums(before, own));
    }
    return merged;
  }

  /** A network stitched to itself has one baseline in both roles. */
  const isSelfStitch = ({ baselines: { top, bottom } }: Plan): boolean =>
    bottom !== null && keyOf(top, backend) === keyOf(bottom, backend);
  const bottoms = ({ baselines: { bottom } }: Plan): Task[] => (bottom ? [bottom] : []);
  const topsError = (curve: StoredCurve): Promise<void> => {
    const { plan } = curve;
    return run(curve, [plan.baselines.top], new Map(), isSelfStitch(plan) ? bottoms(plan) : []);
  };
  /** What is part of no penalty: the bottom's own error, and linear probes. */
  const ofNetworksAlone = (curve: StoredCurve): Promise<void> => {
    const { plan } = curve;
    return run(curve, [...(isSelfStitch(plan) ? [] : bottoms(plan)), ...plan.probes]);
  };

  /** Finds the stitches in closed form. @returns the sums of the group, for those that are trained */
  async function fit({ curve, group }: GroupOfCurve): Promise<SumsOfSites> {
    const { plan, missing } = curve;
    const fits = [...tasksAt(plan.leastSquares, group), ...tasksAt(plan.family, group)];
    const later = [...stitchesAt(plan, group), ...departuresAt(plan, group)];
    const needed = [...fits, ...later].some((task) => missing.includes(task));
    const closedForm = tasksAt(plan.closedForm, group);
    if (!needed && !closedForm.some((task) => missing.includes(task))) return new Map();
    const sums = await gathered(curve, closedForm);
    await run(curve, fits, sums);
    return sums;
  }

  /**
   * The stitches that are trained, where training changes most first: where penalties are high. Then
   * how far each departs.
   */
  async function train({ curve, group }: GroupOfCurve, sums: SumsOfSites): Promise<void> {
    const { plan, collector } = curve;
    const penalty = ({ site }: Plan["stitches"][number]): number =>
      collector.leastSquaresPenalty(site) ?? -Infinity;
    const stitches = stitchesAt(plan, group)
      .filter(({ site }) => !collector.hasFailed(site))
      .sort((a, b) => penalty(b) - penalty(a));
    await run(curve, stitches, sums);
    const departures = departuresAt(plan, group).filter(({ site }) => !collector.hasFailed(site));
    await run(curve, departures, sums);
  }

  /** The measures of similarity. Their sums are not needed afterwards, in no store. */
  async function measure({ curve, group }: GroupOfCurve): Promise<void> {
    const { passes, measures } = curve.plan.similarity[curve.plan.groups.indexOf(group)] ?? {};
    if (!passes || !measures) return;
    if (curve.missing.includes(measures)) {
      // Groups in turn: another curve may have found them since. Without a wait for the others, whose
      // sums must be asked for before their stitches: a site without similarity has no result.
      const found = curve.plan.largeImages
        ? await storedResult(store, keyOf(measures, backend), measures)
        : undefined;
      if (found) curve.collector.add(measures, found);
      else await run(curve, [measures], await gathered(curve, passes));
      meter.update(measures, 1, 0);
    }
    await Promise.all(passes.map((pass) => store.delete(keyOf(pass, backend))));
  }

  /** Sums of large images: those of a few groups at a time, as many as the host has memory for. */
  async function inTurn(large: readonly GroupOfCurve[]): Promise<void> {
    const room = createRoom(hostBytes);
    /** Closed-form tasks that a group has not used yet, in whichever curve. */
    const unused = new Map<string, number>();
    const keysOf = ({ curve, group }: GroupOfCurve): string[] =>
      tasksAt(curve.plan.closedForm, group).map((task) => keyOf(task, backend));
    for (const key of large.flatMap(keysOf)) unused.set(key, (unused.get(key) ?? 0) + 1);
    const different = [...new Set(large.map(({ curve }) => curve))];
    const tops = new Map(different.map((curve) => [curve, topsError(curve)]));
    const working = large.flatMap((each) => [
      room.within(heldBytes(each.group), async () => {
        const sums = await fit(each);
        await tops.get(each.curve);
        await train(each, sums);
        for (const key of keysOf(each)) {
          const left = (unused.get(key) ?? 1) - 1;
          unused.set(key, left);
          if (left === 0) await store.release?.(key);
        }
      }),
      room.within(heldBytes(each.group), () => measure(each)),
    ]);
    await Promise.all([...tops.values(), ...working, ...different.map(ofNetworksAlone)]);
  }

  const [small, large] = [false, true].map((isLarge) =>
    byGroup(curves.filter(({ plan }) => plan.largeImages === isLarge)),
  ) as [GroupOfCurve[], GroupOfCurve[]];
  // What all sites share first, which completes the least-squares curves early. They need the sums
  // alone: no worker waits for the top's own error, which one worker finds. The bottom's is part of
  // no penalty and comes with the training.
  const sums = new Map<GroupOfCurve, SumsOfSites>();
  for (const each of small) {
    const [fitted] = await Promise.all([fit(each), topsError(each.curve)]);
    sums.set(each, fitted);
  }
  // All at once: the pool takes them in this order, and no worker waits for the end of a curve.
  await Promise.all([
    ...small.flatMap((each) => [
      measure(each),
      train(each, sums.get(each) ?? new Map()),
      ofNetworksAlone(each.curve),
    ]),
    inTurn(large),
  ]);
}

interface GroupOfCurve {
  readonly curve: StoredCurve;
  readonly group: SiteGroup;
}

/** First groups first: curves of the same networks share sums. */
function byGroup(curves: readonly StoredCurve[]): GroupOfCurve[] {
  const most = Math.max(0, ...curves.map(({ plan }) => plan.groups.length));
  return Array.from({ length: most }, (_, k) =>
    curves.flatMap((curve) => {
      const group = curve.plan.groups[k];
      return group ? [{ curve, group }] : [];
    }),
  ).flat();
}

function departuresAt({ departures }: Plan, { sites }: SiteGroup): DepartureTask[] {
  return departures.filter(({ site }) => sites.includes(site));
}

function stitchesAt({ stitches }: Plan, { sites }: SiteGroup): Plan["stitches"][number][] {
  return stitches.filter(({ site }) => sites.includes(site));
}
