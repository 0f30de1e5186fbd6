/** A run's brake: whoever pauses sets it, and the workers stand still at their next step. */
export interface Hold {
  readonly held: () => boolean;
  /** Does nothing where it is so already. */
  readonly set: (held: boolean) => void;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: (held: boolean) => void) => () => void;
  /** Resolves once it is not held. */
  readonly released: () => Promise<void>;
}

export function createHold(initially = false): Hold {
  let now = initially;
  const listeners = new Set<(held: boolean) => void>();
  const subscribe = (listener: (held: boolean) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    held: () => now,
    set(held) {
      if (held === now) return;
      now = held;
      for (const listener of [...listeners]) listener(held);
    },
    subscribe,
    released: () =>
      new Promise((resolve) => {
        if (!now) {
          resolve();
          return;
        }
        const end = subscribe((held) => {
          if (held) return;
          end();
          resolve();
        });
      }),
  };
}
