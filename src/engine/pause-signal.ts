/** A run's brake: whoever pauses sets it, and the workers stand still at their next step. */
export interface PauseSignal {
  readonly isPaused: () => boolean;
  /** Does nothing where it is so already. */
  readonly set: (paused: boolean) => void;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: (paused: boolean) => void) => () => void;
  /** Resolves once it is not paused. */
  readonly whenResumed: () => Promise<void>;
}

export function createPauseSignal(initially = false): PauseSignal {
  let now = initially;
  const listeners = new Set<(paused: boolean) => void>();
  const subscribe = (listener: (paused: boolean) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    isPaused: () => now,
    set(paused) {
      if (paused === now) return;
      now = paused;
      for (const listener of [...listeners]) listener(paused);
    },
    subscribe,
    whenResumed: () =>
      new Promise((resolve) => {
        if (!now) {
          resolve();
          return;
        }
        const end = subscribe((paused) => {
          if (paused) return;
          end();
          resolve();
        });
      }),
  };
}
