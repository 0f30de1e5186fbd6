/** Trains a network in one tab of the browser at a time. */
import type { Locks } from "../../engine/host/locks";
import { cancelled } from "../../experiment/events";
import { trainingRef } from "../../experiment/training/ref";
import type { TrainingSpec } from "../../experiment/training/spec";
import type { PageTrainingEvent, TrainControl } from "./engine-types";

/**
 * Waits while another tab trains the same network, then trains it here: it finds the other's
 * network, or resumes from its last checkpoint.
 *
 * @throws LabError `cancelled` when either signal aborts before the training begins; otherwise as
 *   `train` does
 */
export async function* trainInTurn(
  spec: TrainingSpec,
  { signal, stop }: Pick<TrainControl, "signal" | "stop">,
  locks: Locks,
  train: () => AsyncIterable<PageTrainingEvent>,
): AsyncGenerator<PageTrainingEvent> {
  const lock = `training:${trainingRef(spec)}`;
  if (await locks.isHeld(lock)) yield { type: "elsewhere" };
  const release = await acquired(locks, lock, [signal, stop]);
  try {
    yield* train();
  } finally {
    release();
  }
}

/** @returns a function that frees the lock */
async function acquired(
  locks: Locks,
  name: string,
  signals: readonly AbortSignal[],
): Promise<() => void> {
  const given = new AbortController();
  const giveUp = (): void => given.abort();
  for (const signal of signals) {
    if (signal.aborted) throw cancelled();
    signal.addEventListener("abort", giveUp, { once: true });
  }
  try {
    return await new Promise<() => void>((resolve, reject) => {
      const held = (): Promise<void> => new Promise((release) => resolve(release));
      locks.exclusive(name, given.signal, held).catch((thrown: unknown) => {
        reject(given.signal.aborted ? cancelled() : (thrown as Error));
      });
    });
  } finally {
    for (const signal of signals) signal.removeEventListener("abort", giveUp);
  }
}
