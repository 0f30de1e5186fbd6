/** A queue between several producers and one consumer. */

export interface Channel<T> {
  push(value: T): void;
  /** The consumer's next step throws this, once the values pushed before are delivered. */
  fail(error: unknown): void;
  /** Ends or fails when the producing work does; values pushed before are still delivered. */
  endWith(work: Promise<void>): void;
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
  const end = (): void => {
    finished ??= {};
    signal();
  };
  const fail = (error: unknown): void => {
    finished ??= { error };
    signal();
  };
  return {
    push(value) {
      queue.push(value);
      signal();
    },
    fail,
    endWith(work) {
      work.then(end, fail);
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
