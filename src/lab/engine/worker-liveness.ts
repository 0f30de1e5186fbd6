/**
 * A killed worker sends no message. It therefore holds a Web Lock as long as it lives: a waiter that
 * gets the lock knows that the worker is dead.
 */

/**
 * @param id tells a worker from all others.
 * @returns when the lock is held, or at once without locks
 */
export function holdLiveness(id: string): Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return Promise.resolve();
  return new Promise((resolve) => {
    void locks.request(nameOf(id), () => {
      resolve();
      return new Promise<never>(() => undefined);
    });
  });
}

/**
 * Resolves with what befell a worker when it is dead, whether or not it ever said anything; never
 * where there are no locks, or once `signal` is aborted.
 */
export async function whenDead(id: string, signal: AbortSignal): Promise<string> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return never();
  for (let waitedMs = 0; !(await isHeld(locks, id)); waitedMs += lookEveryMs) {
    if (signal.aborted) return never();
    if (waitedMs >= startPatienceMs) {
      return `the worker did not start within ${startPatienceMs / 1000} seconds`;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return new Promise((resolve) => {
    locks
      .request(nameOf(id), { signal }, () => resolve("the worker was stopped from outside"))
      .catch(() => undefined);
  });
}

/**
 * How often to look whether a worker has taken its lock: only from then on can its death be waited
 * for.
 */
const lookEveryMs = 250;
/** A worker that has not taken its lock after this has died before it could. */
const startPatienceMs = 60_000;

async function isHeld(locks: LockManager, id: string): Promise<boolean> {
  const { held } = await locks.query();
  return held?.some(({ name }) => name === nameOf(id)) ?? false;
}

const never = (): Promise<never> => new Promise(() => undefined);

function nameOf(id: string): string {
  return `stitch-lab:worker:${id}`;
}
