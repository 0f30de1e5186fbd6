/** Pauses a run: once it is set, the workers pause at their next step. */
export interface PauseSignal {
  readonly isPaused: () => boolean;
  /** Does nothing where that is the state already. */
  readonly set: (paused: boolean) => void;
  /** @returns a function that unsubscribes */
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
