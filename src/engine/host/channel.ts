/** A queue between those who say something and the one who listens. */

export interface Channel<T> {
  push(value: T): void;
  /** No more values; those pushed before are still delivered. */
  end(): void;
  /** The listener's next step throws this, once the values pushed before are delivered. */
  fail(error: unknown): void;
  values(): AsyncGenerator<T>;
}

export function channel<T>(): Channel<T> {
  const queue: T[] = [];
  let finished: { readonly error?: unknown } | undefined;
  let wake: (() => void) | undefined;
  const signal = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      queue.push(value);
      signal();
    },
    end() {
      finished ??= {};
      signal();
    },
    fail(error) {
      finished ??= { error };
      signal();
    },
    async *values() {
      for (;;) {
        const value = queue.shift();
        if (value !== undefined) yield value;
        else if (finished) {
          if ("error" in finished) throw finished.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
