/** The one thing under way at a time: a recall or a run. Whatever begins ends what was there. */
import { errorData } from "../../core/errors";
import type { ExperimentEvent } from "../../experiment/events";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { LabEngine } from "../engine-types";
import type { LabAction } from "./reducer";

/** An experiment on a backend, and the text that tells it from every other. */
export interface Order {
  readonly spec: Spec;
  readonly backend: BackendName;
  readonly key: string;
}

export interface Work {
  /** Tells what is stored. */
  readonly recall: (order: Order) => void;
  /** Computes what is not. */
  readonly run: (order: Order) => void;
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
}

export function createWork(engine: LabEngine, dispatch: (action: LabAction) => void): Work {
  let current: Job | null = null;

  function drop(): void {
    current?.abort.abort();
    current = null;
  }

  function begin(key: string): Job {
    drop();
    const job = { abort: new AbortController(), key };
    current = job;
    return job;
  }

  /** Passes on events until they end; true unless something else has begun meanwhile. */
  async function follow(job: Job, events: AsyncIterable<ExperimentEvent>): Promise<boolean> {
    for await (const event of events) {
      if (current !== job) return false;
      dispatch({ type: "event", event });
    }
    return current === job;
  }

  async function recall({ spec, backend, key }: Order): Promise<void> {
    const job = begin(key);
    dispatch({ type: "recall-started" });
    try {
      if (await follow(job, engine.recall(spec, backend))) dispatch({ type: "recall-ended" });
    } catch (thrown) {
      if (current !== job) return;
      dispatch({ type: "failed", during: "recall", error: errorData(thrown, "stored results") });
    }
  }

  async function run({ spec, backend, key }: Order): Promise<void> {
    const job = begin(key);
    const { signal } = job.abort;
    dispatch({ type: "run-started" });
    try {
      const alone = await follow(job, engine.run(spec, backend, signal));
      if (alone) dispatch({ type: "run-ended" });
    } catch (thrown) {
      if (current !== job) return;
      const error = errorData(thrown, "the experiment");
      // Workers that are stopped in mid-step may fail in their own words; the visitor asked for it.
      const cancelled = signal.aborted || error.code === "cancelled";
      dispatch(cancelled ? { type: "cancelled" } : { type: "failed", during: "run", error });
    }
  }

  return {
    recall: (order) => void recall(order),
    run: (order) => void run(order),
    cancel() {
      dispatch({ type: "cancel-asked" });
      current?.abort.abort();
    },
    drop,
    key: () => current?.key ?? null,
  };
}
