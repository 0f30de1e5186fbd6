/**
 * Trainings of networks on the page: one at a time, in order. They do not depend on the experiment,
 * and go on while it changes.
 */
import { errorData } from "../../../core/errors";
import { createPauseSignal, type PauseSignal } from "../../../engine/pause-signal";
import type { StoredModel } from "../../../engine/user-model";
import { trainingRef } from "../../../experiment/training/ref";
import type { TrainingSpec } from "../../../experiment/training/spec";
import type { LabEngine } from "../../engine/engine-types";
import { createStore, type Store } from "../store";
import {
  isActive,
  lossGatherer,
  newJob,
  withTrainingEvent,
  type TrainingJob,
} from "./training-job";
import type { TrainingMemory } from "./training-memory";

export interface TrainingsState {
  /** The latest last. */
  readonly jobs: readonly TrainingJob[];
  /** Whether the view of the trainings is open. */
  readonly open: boolean;
}

export const noTrainings: TrainingsState = { jobs: [], open: false };

export interface Trainings extends Store<TrainingsState> {
  readonly show: () => void;
  readonly hide: () => void;
  /** Trains, once those before it have ended; resumes one that was left. */
  readonly start: (spec: TrainingSpec) => void;
  readonly setPaused: (ref: string, paused: boolean) => void;
  /** Ends a training after its step, and keeps its network. */
  readonly stop: (ref: string) => void;
  /** Leaves a training at its last checkpoint. */
  readonly leave: (ref: string) => void;
  /** Takes a training that is not active off the list; its networks stay. */
  readonly forget: (ref: string) => void;
}

interface Deps {
  readonly engine: Pick<LabEngine, "train">;
  readonly memory: TrainingMemory;
  /** Is called with each network that is kept. */
  readonly add: (network: StoredModel) => void;
  /** Is called when a training has ended without a network of its own. */
  readonly failed: () => void;
  readonly nowMs: () => number;
}

/** Shortest time between two updates of the view. */
const showEveryMs = 200;
/** Shortest time between two writes of what is remembered. */
const writeEveryMs = 2_000;

export function createTrainings({ engine, memory, add, failed, nowMs }: Deps): Trainings {
  const store = createStore<TrainingsState>({ jobs: memory.read(), open: false });
  const { getSnapshot } = store;
  let control: { abort: AbortController; stop: AbortController; pause: PauseSignal } | null = null;

  const setJobs = (jobs: readonly TrainingJob[]): void => store.set({ ...getSnapshot(), jobs });
  const jobOf = (ref: string): TrainingJob | undefined =>
    getSnapshot().jobs.find((job) => job.ref === ref);
  function change(ref: string, edit: (job: TrainingJob) => TrainingJob): void {
    setJobs(getSnapshot().jobs.map((job) => (job.ref === ref ? edit(job) : job)));
  }
  function remember(): void {
    memory.write(getSnapshot().jobs);
  }

  function startNext(): void {
    const { jobs } = getSnapshot();
    const next = jobs.find(({ status }) => status === "waiting");
    if (control || !next) return;
    control = {
      abort: new AbortController(),
      stop: new AbortController(),
      pause: createPauseSignal(),
    };
    void run(next.ref, next.spec, control).finally(() => {
      control = null;
      remember();
      startNext();
    });
  }

  async function run(
    ref: string,
    spec: TrainingSpec,
    { abort, stop, pause }: NonNullable<typeof control>,
  ): Promise<void> {
    const gather = lossGatherer();
    let first: { readonly step: number; readonly atMs: number } | null = null;
    let shownMs = -Infinity;
    let writtenMs = nowMs();
    change(ref, (job) => ({
      ...job,
      status: "running",
      isElsewhere: false,
      error: null,
      result: null,
    }));
    remember();
    try {
      const events = engine.train(spec, { signal: abort.signal, stop: stop.signal, pause });
      for await (const event of events) {
        if (event.type !== "step") {
          if (event.type === "epoch" && event.snapshot) add(event.snapshot);
          if ("network" in event) add(event.network);
          change(ref, (job) => withTrainingEvent(job, event));
          continue;
        }
        const { step, steps, loss } = event;
        const now = nowMs();
        // Before the first step it starts workers; what it resumes from took no time here.
        if (!first || pause.isPaused()) first = { step, atMs: now };
        const { step: from, atMs } = first;
        const remainingMs = step > from ? ((now - atMs) * (steps - step)) / (step - from) : null;
        const measured = { steps: step - from, seconds: (now - atMs) / 1000 };
        const mean = gather(step, steps, loss);
        if (mean === null && now - shownMs < showEveryMs) continue;
        shownMs = now;
        change(ref, (job) => ({
          ...job,
          ...{ step, steps, remainingMs, measured, isElsewhere: false },
          losses: mean ? [...job.losses.filter((each) => each.step < step), mean] : job.losses,
        }));
        if (now - writtenMs > writeEveryMs) {
          writtenMs = now;
          remember();
        }
      }
    } catch (thrown) {
      const error = errorData(thrown, "the training");
      const isLeft = abort.signal.aborted || error.code === "cancelled";
      change(ref, (job) =>
        isLeft ? { ...job, status: "left" } : { ...job, status: "failed", error },
      );
      failed();
    }
  }

  return {
    getSnapshot,
    subscribe: store.subscribe,
    show: () => store.set({ ...getSnapshot(), open: true }),
    hide: () => store.set({ ...getSnapshot(), open: false }),
    start(spec) {
      const ref = trainingRef(spec);
      const before = jobOf(ref);
      if (before && (isActive(before) || before.status === "waiting")) return;
      const others = getSnapshot().jobs.filter((job) => job.ref !== ref);
      setJobs([...others, newJob(ref, spec, "waiting", before ?? {})]);
      remember();
      startNext();
    },
    setPaused(ref, paused) {
      const job = jobOf(ref);
      if (!control || (job?.status !== "running" && job?.status !== "paused")) return;
      control.pause.set(paused);
      change(ref, (each) => ({
        ...each,
        status: paused ? "paused" : "running",
        remainingMs: null,
      }));
    },
    stop(ref) {
      const job = jobOf(ref);
      if (job?.status === "waiting") {
        setJobs(getSnapshot().jobs.filter((each) => each !== job));
        remember();
        failed();
      }
      if (!control || !job || !isActive(job)) return;
      control.stop.abort();
      control.pause.set(false);
      change(ref, (each) => ({ ...each, status: "stopping" }));
    },
    leave(ref) {
      const job = jobOf(ref);
      if (job && isActive(job)) control?.abort.abort();
    },
    forget(ref) {
      const job = jobOf(ref);
      if (!job || isActive(job)) return;
      setJobs(getSnapshot().jobs.filter((each) => each !== job));
      remember();
    },
  };
}
