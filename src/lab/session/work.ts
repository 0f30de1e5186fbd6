/** The one thing under way at a time: a recall or a run. Whatever begins ends what was there. */
import { errorData } from "../../core/errors";
import { createHold, type Hold } from "../../engine/hold";
import { cancelReason } from "../../engine/host/elsewhere";
import type { SharedEvent } from "../../engine/host/shared-run";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { LabEngine } from "../engine-types";
import type { LabAction } from "./reducer";
import type { RunMemory } from "./run-memory";

/** An experiment on a backend, and the text that tells it from every other. */
export interface Order {
  readonly spec: Spec;
  readonly backend: BackendName;
  readonly key: string;
}

export interface Work {
  /** Tells what is stored; begins to follow once another tab computes the rest. */
  readonly recall: (order: Order) => void;
  /** Computes what is not. @param held to stand still from the start */
  readonly run: (order: Order, held: boolean) => void;
  /** Asks the run to stand still, or to go on. */
  readonly hold: (held: boolean) => void;
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
  /** A run's; null for a recall. */
  readonly hold: Hold | null;
}

export function createWork(
  engine: LabEngine,
  memory: RunMemory,
  dispatch: (action: LabAction) => void,
): Work {
  let current: Job | null = null;

  function drop(): void {
    // A run that is left does not begin again after a reload.
    if (current?.hold) memory.write(null);
    current?.abort.abort();
    current = null;
  }

  function begin(key: string, hold: Hold | null): Job {
    drop();
    const job = { abort: new AbortController(), key, hold };
    current = job;
    return job;
  }

  /** Passes on events until they end; true unless something else has begun meanwhile. */
  async function follow(job: Job, events: AsyncIterable<SharedEvent>): Promise<boolean> {
    for await (const event of events) {
      if (current !== job) return false;
      if (event.type === "computing") dispatch(event);
      else dispatch({ type: "event", event });
    }
    return current === job;
  }

  async function recall(order: Order): Promise<void> {
    const { spec, backend, key } = order;
    const job = begin(key, null);
    dispatch({ type: "recall-started" });
    try {
      if (await follow(job, engine.recall(spec, backend))) dispatch({ type: "recall-ended" });
    } catch (thrown) {
      if (current !== job) return;
      dispatch({ type: "failed", during: "recall", error: errorData(thrown, "stored results") });
    }
    if (current !== job) return;
    if (await engine.computedElsewhere(spec, backend, job.abort.signal)) {
      if (current === job) await run(order, false);
    }
  }

  async function run({ spec, backend, key }: Order, held: boolean): Promise<void> {
    const hold = createHold(held);
    const job = begin(key, hold);
    const { signal } = job.abort;
    memory.write({ key, held });
    // Another tab may pause it too.
    hold.subscribe((now) => {
      if (current === job) memory.write({ key, held: now });
    });
    dispatch({ type: "run-started", held });
    try {
      const alone = await follow(job, engine.run(spec, backend, { signal, hold }));
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
    recall: (order) => void recall(order),
    run: (order, held) => void run(order, held),
    hold(held) {
      dispatch({ type: held ? "pause-asked" : "resume-asked" });
      current?.hold?.set(held);
    },
    cancel() {
      dispatch({ type: "cancel-asked" });
      memory.write(null);
      current?.abort.abort(cancelReason);
    },
    drop,
    key: () => current?.key ?? null,
  };
}
