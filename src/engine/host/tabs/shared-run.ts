/**
 * Runs one experiment in several tabs: the tab with the experiment's lock computes and broadcasts;
 * the others follow. When the lock is released before the end, as when its tab is closed, the next
 * in line computes the rest.
 */
import { errorData, LabError } from "../../../core/errors";
import { type ExperimentEvent, cancelled } from "../../../experiment/events";
import type { PauseSignal } from "../../pause-signal";
import { readMessage } from "../../read-message";
import { settlesWithin } from "../../settles-within";
import { sharedMessageSchema, type TabChannel, type OpenTabChannel } from "./broadcast";
import { channel } from "../channel";
import type { Locks } from "../locks";
import { cancelReason, lockName } from "./tab-lock";
import { createEventLog } from "./event-log";

/** A lock may be released a moment before the last messages of its tab arrive. */
const finalMessageMs = 100;

export interface SharedRunDeps {
  /** Identifies this experiment on this backend. */
  readonly key: string;
  readonly locks: Locks;
  readonly openLine: OpenTabChannel;
  readonly pause: PauseSignal;
  readonly signal: AbortSignal;
  /** Computes; stops when its signal aborts. */
  readonly run: (signal: AbortSignal) => AsyncIterable<ExperimentEvent>;
}

export type SharedEvent =
  | ExperimentEvent
  /** Where it is computed from now on. */
  | { readonly type: "computing"; readonly where: "here" | "elsewhere" };

/** @throws LabError as the run does, wherever it runs; `cancelled` when any tab cancels */
export async function* sharedRun(deps: SharedRunDeps): AsyncGenerator<SharedEvent> {
  const { key, locks, signal } = deps;
  const name = lockName(key);
  const events = channel<SharedEvent>();
  const line = deps.openLine(name);
  const push = (event: SharedEvent): void => events.push(event);

  async function take(): Promise<void> {
    const led = await locks.ifFree(name, () => lead(deps, line, push));
    if (led) return;
    const following = follow(deps, line, push);
    try {
      // Whichever comes first: the end of the run, or the lock, when no tab computes any more.
      await Promise.race([
        following.ended,
        locks.exclusive(name, following.signal, async () => {
          if (await following.endsWithin(finalMessageMs)) return;
          following.stop();
          await lead(deps, line, push);
        }),
      ]);
    } finally {
      following.stop();
    }
  }

  signal.throwIfAborted();
  events.endWith(take());
  try {
    yield* events.values();
  } finally {
    line.close();
  }
}

/** Computes, and broadcasts to every other tab. */
async function lead(
  { pause, signal, run }: SharedRunDeps,
  line: TabChannel,
  push: (event: SharedEvent) => void,
): Promise<void> {
  const log = createEventLog();
  // Another tab may cancel too.
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  const unsubscribe = pause.subscribe((paused) => line.post({ type: "paused", paused }));
  line.onMessage((message) => {
    const received = sharedMessageSchema.safeParse(message).data;
    if (received?.type === "set-paused") pause.set(received.paused);
    else if (received?.type === "cancel") stop.abort(cancelReason);
    else if (received?.type === "tell-me") {
      line.post({ type: "paused", paused: pause.isPaused() });
      for (const event of log.all()) line.post({ type: "event", event });
    }
  });
  push({ type: "computing", where: "here" });
  try {
    for await (const event of run(stop.signal)) {
      log.add(event);
      push(event);
      line.post({ type: "event", event });
    }
    line.post({ type: "ended" });
  } catch (thrown) {
    // A tab that only leaves sends nothing: the next in line continues.
    const leaves = signal.aborted && signal.reason !== cancelReason;
    if (!leaves) line.post({ type: "failed", error: errorData(thrown, "the experiment") });
    throw thrown;
  } finally {
    signal.removeEventListener("abort", abort);
    unsubscribe();
  }
}

interface Following {
  /** Resolves or rejects as the run elsewhere does. */
  readonly ended: Promise<void>;
  /** Aborts when there is nothing to wait for any more. */
  readonly signal: AbortSignal;
  /** Whether it ends within some time. */
  readonly endsWithin: (ms: number) => Promise<boolean>;
  readonly stop: () => void;
}

/** Passes on the events of the computing tab, and this tab's commands to it. */
function follow(
  { pause, signal }: SharedRunDeps,
  line: TabChannel,
  push: (event: SharedEvent) => void,
): Following {
  const over = new AbortController();
  let isApplying = false;
  let listening = true;
  const unsubscribe = pause.subscribe((paused) => {
    if (!isApplying) line.post({ type: "set-paused", paused });
  });
  let leave: () => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    leave = () => {
      if (signal.reason === cancelReason) line.post({ type: "cancel" });
      reject(cancelled());
    };
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    line.onMessage((message) => {
      if (!listening) return;
      const received = readMessage(message, sharedMessageSchema, "another tab");
      // A result that is missing would end the run without a report.
      if (received instanceof LabError) reject(received);
      else if (received.type === "event") push(received.event);
      else if (received.type === "ended") resolve();
      else if (received.type === "failed") reject(new LabError(received.error));
      else if (received.type === "paused") {
        isApplying = true;
        pause.set(received.paused);
        isApplying = false;
      }
    });
  });
  push({ type: "computing", where: "elsewhere" });
  line.post({ type: "tell-me" });
  return {
    ended,
    signal: over.signal,
    endsWithin: (ms) => settlesWithin(ended, ms),
    stop() {
      listening = false;
      signal.removeEventListener("abort", leave);
      unsubscribe();
      over.abort();
    },
  };
}
