/**
 * Finds out whether another tab runs an experiment. Apart from running it, which a page need not
 * load for this.
 */
import { sharedMessageSchema, type OpenTabChannel } from "./broadcast";
import type { Locks } from "../locks";

/**
 * Aborting with this reason cancels the experiment in every tab; with any other, only this one
 * leaves.
 */
export const cancelReason = "cancelled";

interface TabLockDeps {
  /** Identifies this experiment on this backend. */
  readonly key: string;
  readonly locks: Locks;
  readonly openLine: OpenTabChannel;
}

/** True once another tab computes this experiment; false when `signal` aborts before. */
export async function isComputedInAnotherTab(
  { key, locks, openLine }: TabLockDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const line = openLine(lockName(key));
  let abort = (): void => undefined;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      abort = () => resolve(false);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort);
      line.onMessage((message) => {
        if (sharedMessageSchema.safeParse(message).data?.type === "event") resolve(true);
      });
      locks.isHeld(lockName(key)).then((isHeld) => {
        if (isHeld) resolve(true);
      }, reject);
    });
  } finally {
    signal.removeEventListener("abort", abort);
    line.close();
  }
}

/** The name of the lock of the tab that computes an experiment. */
export function lockName(key: string): string {
  return `experiment:${key}`;
}
