/**
 * Runs an experiment: looks up what is stored, computes the rest on a pool of workers, emits every
 * result as it comes. The same function serves page, command line, tests and benchmarks.
 */
import { type ExperimentEvent, cancelled } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import { tasksOf } from "../../experiment/plan/plan";
import type { Task } from "../../experiment/plan/task";
import { type AssetSource, assetsFor } from "../assets";
import { dividedMemory, usualMemoryBytes, type LargeCurve } from "../memory";
import type { PauseSignal } from "../pause-signal";
import type { SpawnWorker } from "../messages";
import { channel, type Channel } from "./channel";
import { compute } from "./compute";
import { trackedWrites, type CheckpointStore } from "./checkpoint-store";
import type { Locks } from "./locks";
import { createPool, type Pool } from "./pool";
import { progressMeter } from "./progress";
import { reportOf, restoreCurves, type RestoreDeps, type StoredCurve } from "./restore";

/** Everything an experiment needs besides its spec. */
export interface RunDeps extends RestoreDeps {
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  readonly assets: AssetSource;
  readonly spawn: SpawnWorker;
  /** The only part of an experiment to compute, without a report; absent for all. */
  readonly only?: "similarity" | "probes" | undefined;
  /** Most workers at a time; fewer where the memory does not suffice. */
  readonly workers: number;
  /** Bytes of tensors, weights and sums, of the workers and here; 1.5 GB by default. */
  readonly memoryBytes?: number | undefined;
  readonly nowMs: () => number;
  readonly checkpoints: CheckpointStore;
  /** Keeps hosts that share a store from computing a task twice. */
  readonly locks: Locks;
  /** Setting it pauses every worker at its next step. */
  readonly pause: PauseSignal;
  /** Aborting stops every worker at once. */
  readonly signal: AbortSignal;
}

/**
 * Runs an experiment; results already stored are emitted first and never computed again.
 *
 * A worker that dies is replaced; what was unfinished resumes from its last checkpoint, in this run
 * or the next one.
 *
 * @throws LabError `cancelled` when `signal` aborts; otherwise naming what went wrong. Results
 *   emitted before are stored all the same.
 */
export async function* runExperiment(spec: Spec, deps: RunDeps): AsyncGenerator<ExperimentEvent> {
  const events = channel<ExperimentEvent>();
  let pool: Pool | undefined;
  const stop = (): void => {
    pool?.close();
    events.fail(cancelled());
  };
  if (deps.signal.aborted) throw cancelled();
  deps.signal.addEventListener("abort", stop);
  const started = (made: Pool): void => {
    pool = made;
  };
  events.endWith(conduct(spec, deps, events, started));
  try {
    yield* events.values();
  } finally {
    deps.signal.removeEventListener("abort", stop);
    pool?.close();
  }
}

async function conduct(
  spec: Spec,
  deps: RunDeps,
  events: Channel<ExperimentEvent>,
  started: (pool: Pool) => void,
): Promise<void> {
  const emit = (event: ExperimentEvent): void => events.push(event);
  const isAsked = ({ type }: Task): boolean => {
    if (deps.only === "similarity") return type === "similarity" || type === "measures";
    return deps.only === undefined || type === "probe";
  };
  const curves = (await restoreCurves(spec, deps, emit)).map((curve) => ({
    ...curve,
    missing: curve.missing.filter(isAsked),
  }));
  const missing = curves.flatMap((curve) => curve.missing);
  // No worker is started for an experiment that is stored already.
  if (missing.length > 0) {
    const checkpoints = trackedWrites(deps.checkpoints);
    const works = curves.map(({ missing, plan }) => ({
      tasks: tasksOf(plan).filter(isAsked),
      missing,
      tapCount: plan.sites.length,
    }));
    const meter = progressMeter(works, deps.nowMs);
    const { hostBytes, workers, memory } = dividedMemory(
      deps.memoryBytes ?? usualMemoryBytes,
      largeCurves(spec, curves, deps.models),
      Math.min(deps.workers, missing.length),
    );
    const pool = createPool(
      deps.spawn,
      {
        backend: deps.backend,
        models: deps.models,
        data: deps.data,
        dataFolder: deps.dataFolder,
        memory,
      },
      workers,
      deps.pause,
      {
        still() {
          // Only when all checkpoints are stored: from here on nothing can be lost.
          void checkpoints.settled().then(() => {
            if (deps.pause.isPaused()) emit({ type: "paused" });
          });
        },
        recovered(reason) {
          emit({ type: "recovered", reason });
        },
      },
    );
    started(pool);
    const unsubscribe = deps.pause.subscribe((paused) => {
      if (paused) return;
      meter.restart();
      emit({ type: "resumed" });
    });
    try {
      // Workers start while files are loaded; after both the network is not needed any more.
      await Promise.all([pool.warm(), fetchAssets(missing, deps, events)]);
      if (deps.signal.aborted) return;
      await compute(curves, { ...deps, checkpoints, pool, hostBytes, meter, emit });
    } finally {
      unsubscribe();
    }
  }
  const report = reportOf(spec, deps, curves);
  if (report) emit({ type: "finished", report });
}

/** The curves whose images are large. */
function largeCurves(
  { curves, trainImages, testImages }: Spec,
  restored: readonly StoredCurve[],
  models: RunDeps["models"],
): LargeCurve[] {
  return restored.flatMap(({ plan: { groups, largeImages } }, k) => {
    const named = models.filter(({ id }) => id === curves[k]?.top || id === curves[k]?.bottom);
    const networks = named.map(({ architecture }) => architecture);
    return largeImages ? [{ networks, images: trainImages + testImages, groups }] : [];
  });
}

/** Reads every file once: a missing one is reported before any work, and none is needed later. */
async function fetchAssets(
  missing: readonly Task[],
  deps: RunDeps,
  events: Channel<ExperimentEvent>,
): Promise<void> {
  const files = assetsFor(missing, deps.models, deps.data, deps.dataFolder);
  for (const [done, asset] of files.entries()) {
    events.push({ type: "assets", done, total: files.length, file: asset.path });
    await deps.assets.read(asset);
    if (deps.signal.aborted) return;
  }
  events.push({ type: "assets", done: files.length, total: files.length, file: "" });
}
