/** Memory that pieces of work take in turn. */

export interface Room {
  /** Does work once its bytes are free, in the order of the calls; alone where it needs more. */
  within<T>(bytes: number, work: () => Promise<T>): Promise<T>;
}

export function createRoom(bytes: number): Room {
  let [used, running] = [0, 0];
  const waiting: { readonly bytes: number; readonly start: () => void }[] = [];
  function startNext(): void {
    for (;;) {
      const [next] = waiting;
      if (!next || (running > 0 && used + next.bytes > bytes)) return;
      waiting.shift();
      used += next.bytes;
      running++;
      next.start();
    }
  }
  return {
    async within(needed, work) {
      await new Promise<void>((start) => {
        waiting.push({ bytes: needed, start });
        startNext();
      });
      try {
        return await work();
      } finally {
        used -= needed;
        running--;
        startNext();
      }
    },
  };
}
