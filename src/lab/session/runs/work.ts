/** The current restore or run. Starting another one ends it. */
import { errorData } from "../../../core/errors";
import { createPauseSignal, type PauseSignal } from "../../../engine/pause-signal";
import { cancelReason } from "../../../engine/host/tabs/tab-lock";
import type { SharedEvent } from "../../../engine/host/tabs/shared-run";
import type { BackendName } from "../../../experiment/report";
import { curvesOf, specOf, type Spec } from "../../../experiment/spec";
import type { LabEngine } from "../../engine/engine-types";
import type { LabAction } from "../actions";
import type { RunMemory } from "./run-memory";

/** An experiment on a backend, and the text that tells it from every other. */
export interface ExperimentRequest {
  readonly spec: Spec;
  readonly backend: BackendName;
  readonly key: string;
  /** Index of the only curve to compute; absent where all are. */
  readonly only?: number;
}

export interface Work {
  /** Reports what is stored, then follows another tab once that computes the rest. */
  readonly restore: (order: ExperimentRequest) => void;
  /** Computes what is not stored. @param paused whether to start paused */
  readonly run: (order: ExperimentRequest, paused: boolean) => void;
  /** Asks the run to pause or to resume. */
  readonly setPaused: (paused: boolean) => void;
  /** Asks the run to stop; it says `cancelled` once it has. */
  readonly cancel: () => void;
  /** Ends whatever is under way; it says no more. */
  readonly drop: () => void;
  /** The key of what was begun last and not dropped. */
  readonly key: () => string | null;
}

interface Job {
  readonly abort: AbortController;
  readonly key: string;
  /** The only curve that is asked for; null where all are. */
  readonly only: number | null;
  /** A run's; null for a restore. */
  readonly pause: PauseSignal | null;
}

export function createWork(
  engine: LabEngine,
  memory: RunMemory,
  dispatch: (action: LabAction) => void,
): Work {
  let current: Job | null = null;

  function drop(): void {
    // A run that is left does not begin again after a reload.
    if (current?.pause) memory.write(null);
    current?.abort.abort();
    current = null;
  }

  function begin({ key, only }: ExperimentRequest, pause: PauseSignal | null): Job {
    drop();
    const job = { abort: new AbortController(), key, only: only ?? null, pause };
    current = job;
    return job;
  }

  /** Keeps the list of unfinished runs true, whole percents at a time. */
  function noteLeft(job: Job, event: SharedEvent, before: number): number {
    if (event.type === "finished") memory.left.forget(job);
    if (event.type !== "progress" || job.abort.signal.aborted) return before;
    const hundredths = Math.floor(100 * event.fraction);
    if (hundredths !== before) memory.left.note(job, { fraction: event.fraction });
    return hundredths;
  }

  /** Passes on events until they end; true unless something else has begun meanwhile. */
  async function follow(job: Job, events: AsyncIterable<SharedEvent>): Promise<boolean> {
    const { only } = job;
    let hundredths = -1;
    for await (const event of events) {
      if (current !== job) return false;
      hundredths = noteLeft(job, event, hundredths);
      if (event.type === "computing") dispatch(event);
      else if (only === null) dispatch({ type: "event", event });
      else if (event.type === "curve")
        dispatch({ type: "event", event: { ...event, curve: only } });
      // The report of one curve is not the experiment's.
      else if (event.type !== "finished") dispatch({ type: "event", event });
    }
    return current === job;
  }

  function noteCancelled({ key, only }: Job): void {
    const run = memory.left.list().find((left) => left.key === key && left.only === only);
    if (run === undefined) return;
    if (run.fraction > 0) memory.left.note(run, { cancelled: true });
    else memory.left.forget(run);
  }

  async function restore(order: ExperimentRequest): Promise<void> {
    const { spec, backend } = order;
    const job = begin(order, null);
    dispatch({ type: "restore-started" });
    try {
      if (await follow(job, engine.restore(spec, backend))) dispatch({ type: "restore-ended" });
    } catch (thrown) {
      if (current !== job) return;
      dispatch({ type: "failed", during: "restore", error: errorData(thrown, "stored results") });
    }
    if (current !== job) return;
    if (await engine.isComputedInAnotherTab(spec, backend, job.abort.signal)) {
      if (current === job) await run(order, false);
    }
  }

  async function run(order: ExperimentRequest, paused: boolean): Promise<void> {
    const { backend, key, only } = order;
    const curve = only === undefined ? undefined : curvesOf(order.spec)[only];
    const spec = curve === undefined ? order.spec : specOf(curve);
    const pause = createPauseSignal(paused);
    const job = begin(order, pause);
    const { signal } = job.abort;
    // After a reload a whole experiment goes on; one curve alone waits to be asked for again.
    const remember = (now: boolean): void => {
      if (only === undefined) memory.write({ key, paused: now });
    };
    remember(paused);
    memory.left.note(job);
    // Another tab may pause it too.
    pause.subscribe((now) => {
      if (current === job) remember(now);
    });
    dispatch({ type: "run-started", paused });
    try {
      const alone = await follow(job, engine.run(spec, backend, { signal, pause }));
      if (!alone) return;
      memory.write(null);
      dispatch({ type: "run-ended" });
    } catch (thrown) {
      if (current !== job) return;
      memory.write(null);
      const error = errorData(thrown, "the experiment");
      // Workers that are stopped in mid-step may fail in their own words; the visitor asked for it.
      const cancelled = signal.aborted || error.code === "cancelled";
      dispatch(cancelled ? { type: "cancelled" } : { type: "failed", during: "run", error });
    }
  }

  return {
    restore: (order) => void restore(order),
    run: (order, paused) => void run(order, paused),
    setPaused(paused) {
      dispatch({ type: paused ? "pause-asked" : "resume-asked" });
      current?.pause?.set(paused);
    },
    cancel() {
      dispatch({ type: "cancel-asked" });
      memory.write(null);
      if (current) noteCancelled(current);
      current?.abort.abort(cancelReason);
    },
    drop,
    key: () => current?.key ?? null,
  };
}
