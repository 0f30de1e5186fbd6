/**
 * A worker that is killed says nothing. So it holds a Web Lock as long as it lives, and whoever waits
 * for that lock learns of its death.
 */

/** @param id tells a worker from all others. @returns when the lock is held, or at once without locks */
export function holdLife(id: string): Promise<void> {
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
 * Resolves when a worker that holds its lock is dead; never where there are no locks.
 *
 * @param signal ends the waiting
 */
export function deathOf(id: string, signal: AbortSignal): Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  return new Promise((resolve) => {
    locks
      ?.request(nameOf(id), { signal }, () => {
        resolve();
      })
      .catch(() => undefined);
  });
}

function nameOf(id: string): string {
  return `stitch-lab:worker:${id}`;
}
