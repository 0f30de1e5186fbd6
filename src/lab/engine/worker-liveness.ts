/**
 * A killed worker sends no message. It therefore holds a Web Lock as long as it lives: a waiter that
 * gets the lock knows that the worker is dead. A browser that refuses locks, as it does with site
 * data blocked, counts as one without.
 */
import { settlesWithin } from "../../engine/settles-within";

/** undefined where there is none, or it may not be read. */
export function lockManager(): LockManager | undefined {
  try {
    return (navigator as Partial<Navigator>).locks;
  } catch {
    return undefined;
  }
}

/**
 * @param id tells a worker from all others.
 * @returns when the lock is held, or at once without locks; never rejects
 */
export async function holdLiveness(id: string): Promise<void> {
  const held = new Promise<void>((resolve, reject) => {
    const locks = lockManager();
    if (!locks) {
      resolve();
      return;
    }
    const grant = (): Promise<never> => {
      resolve();
      return never();
    };
    locks.request(nameOf(id), grant).catch(reject);
  });
  // A worker without its lock works all the same.
  await settlesWithin(held, lockPatienceMs);
}

/**
 * Resolves with what befell a worker when it is dead, whether or not it ever said anything; never
 * where there are no locks, or once `signal` is aborted.
 */
export async function whenDead(id: string, signal: AbortSignal): Promise<string> {
  const locks = lockManager();
  if (!locks) return never();
  try {
    for (let waitedMs = 0; !(await isHeld(locks, id)); waitedMs += lookEveryMs) {
      if (signal.aborted) return await never();
      if (waitedMs >= startPatienceMs) {
        // Rejects where the worker could not take its lock either.
        await locks.request(nameOf(id), { signal }, () => undefined);
        return `the worker did not start within ${startPatienceMs / 1000} seconds`;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    return await new Promise<string>((resolve, reject) => {
      locks
        .request(nameOf(id), { signal }, () => resolve("the worker was stopped from outside"))
        .catch(reject);
    });
  } catch {
    return never();
  }
}

/**
 * How often to look whether a worker has taken its lock: only from then on can its death be waited
 * for.
 */
const lookEveryMs = 250;
/** A worker that has not taken its lock after this has died before it could. */
const startPatienceMs = 60_000;
/** How long a worker waits for its lock, which no other ever holds. */
const lockPatienceMs = 5_000;

async function isHeld(locks: LockManager, id: string): Promise<boolean> {
  const { held } = await locks.query();
  return held?.some(({ name }) => name === nameOf(id)) ?? false;
}

const never = (): Promise<never> => new Promise(() => undefined);

function nameOf(id: string): string {
  return `stitch-lab:worker:${id}`;
}
