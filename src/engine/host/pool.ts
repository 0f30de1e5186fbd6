/**
 * A pool of workers that run tasks, each worker one task at a time. A worker that dies, or whose
 * device is lost, is replaced, and its task resumes from its last checkpoint.
 */
import { WorkerLost } from "../conversation";
import { LabError } from "../../core/errors";
import type { PauseSignal } from "../pause-signal";
import type { SpawnWorker, WorkerSetup } from "../messages";
import type { WorkerResult } from "../kinds/registry";
import { startWorker, type TaskRequest, type TaskListener, type WorkerLink } from "./worker-link";

/** A task that loses this many workers in a row, with no checkpoint between, is given up. */
const mostLosses = 3;

export interface Pool {
  /**
   * Starts every worker; ends once each is ready, or cannot start. From then on they fetch nothing.
   */
  warm(): Promise<void>;
  /** The graphics adapter's name; null on a CPU, or before any worker is ready. */
  adapter(): string | null;
  /**
   * Runs when a worker is free and the pool is not paused.
   *
   * @param turn whether it waits for every other task, or only for those that are `next` too
   * @throws LabError as the task does, or `backend` when it loses one worker after another
   * @throws PoolClosed when the pool is closed before it is done
   */
  run(request: TaskRequest, listener: TaskListener, turn?: "last" | "next"): Promise<WorkerResult>;
  /** Stops every worker at once. Pending calls of `run` reject. */
  close(): void;
}

/** The task's result is not needed any more. */
class PoolClosed extends Error {}

/** Events of a pool apart from those of its tasks. */
export interface PoolListener {
  /** The pool is paused, and every worker has stopped at a checkpoint. */
  still(): void;
  /** A worker is lost and its task resumes in another. */
  recovered(reason: string): void;
}

/** A place for one worker, started when it is first needed, or when the pool is warmed. */
interface Slot {
  worker: WorkerLink | undefined;
  state: "idle" | "running" | "still";
}

/** @param size most workers at a time */
export function createPool(
  spawn: SpawnWorker,
  setup: WorkerSetup,
  size: number,
  pause: PauseSignal,
  events: PoolListener,
): Pool {
  const slots = Array.from({ length: size }, (): Slot => ({ worker: undefined, state: "idle" }));
  const idle = [...slots];
  const waiting: Record<"next" | "last", ((slot: Slot) => void)[]> = { next: [], last: [] };
  let adapter: string | null = null;
  let closed = false;
  let close = (): void => undefined;
  const closing = new Promise<never>((_, reject) => {
    close = () => {
      closed = true;
      reject(new PoolClosed("the pool is closed"));
    };
  });
  // There may be no call that waits for it.
  closing.catch(() => undefined);

  const checkStill = (): void => {
    if (!closed && pause.isPaused() && slots.every(({ state }) => state !== "running"))
      events.still();
  };
  const unsubscribe = pause.subscribe((paused) => {
    for (const slot of slots) {
      slot.worker?.setPaused(paused);
      if (!paused && slot.state === "still") slot.state = "running";
    }
    checkStill();
  });
  checkStill();

  async function freeSlot(turn: "last" | "next"): Promise<Slot> {
    const free = new Promise<Slot>((resolve) => {
      const slot = idle.pop();
      if (slot) resolve(slot);
      else waiting[turn].push(resolve);
    });
    const slot = await Promise.race([free, closing]);
    while (pause.isPaused()) await Promise.race([pause.whenResumed(), closing]);
    // A slot that was free is assigned even then.
    if (closed) throw new PoolClosed("the pool is closed");
    slot.state = "running";
    return slot;
  }

  function release(slot: Slot): void {
    slot.state = "idle";
    const next = waiting.next.shift() ?? waiting.last.shift();
    if (next) next(slot);
    else idle.push(slot);
    checkStill();
  }

  function workerOf(slot: Slot): WorkerLink {
    if (!slot.worker) {
      slot.worker = startWorker(spawn, setup);
      if (pause.isPaused()) slot.worker.setPaused(true);
    }
    return slot.worker;
  }

  async function runOn(
    slot: Slot,
    request: TaskRequest,
    listener: TaskListener,
  ): Promise<WorkerResult> {
    const worker = workerOf(slot);
    try {
      adapter = (await worker.ready) ?? adapter;
      return await worker.run(request, listener, () => {
        // It may have been resumed meanwhile.
        if (!pause.isPaused()) return;
        slot.state = "still";
        checkStill();
      });
    } catch (thrown) {
      if (worker.isLost()) slot.worker = undefined;
      throw thrown;
    }
  }

  return {
    adapter: () => adapter,
    async warm() {
      // One that cannot start fails at its first task.
      await Promise.allSettled(slots.map((slot) => workerOf(slot).ready));
    },
    async run(request, listener, turn = "last") {
      const slot = await freeSlot(turn);
      let { from } = request;
      let losses = 0;
      try {
        for (;;) {
          try {
            return await runOn(
              slot,
              { ...request, from },
              {
                ...listener,
                checkpoint(checkpoint) {
                  from = checkpoint;
                  losses = 0;
                  listener.checkpoint(checkpoint);
                },
              },
            );
          } catch (thrown) {
            if (closed) throw new PoolClosed("the pool is closed", { cause: thrown });
            if (!(thrown instanceof WorkerLost)) throw thrown;
            losses++;
            if (losses >= mostLosses) throw givenUp(thrown.message, losses);
            slot.state = "running";
            events.recovered(thrown.message);
          }
        }
      } finally {
        release(slot);
      }
    },
    close() {
      close();
      unsubscribe();
      for (const { worker } of slots) worker?.terminate();
    },
  };
}

function givenUp(reason: string, losses: number): LabError {
  return new LabError({
    code: "backend",
    input: "worker",
    expected: "a worker that keeps running",
    found: `${reason}; ${losses} were lost in a row without progress`,
  });
}
