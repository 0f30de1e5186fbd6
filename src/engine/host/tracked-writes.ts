/** A store of checkpoints that writes in the order asked, and whose writes can be waited for. */
import type { CheckpointStore } from "./checkpoint-store";

export interface TrackedCheckpoints extends CheckpointStore {
  /** Resolves when whatever was asked until now is done. */
  settled(): Promise<void>;
}

export function trackedWrites(store: CheckpointStore): TrackedCheckpoints {
  let last: Promise<unknown> = Promise.resolve();
  const after = (write: () => Promise<void>): Promise<void> => {
    const written = last.then(write);
    last = written.catch(() => undefined);
    return written;
  };
  return {
    get: (key) => store.get(key),
    put: (key, checkpoint) => after(() => store.put(key, checkpoint)),
    delete: (key) => after(() => store.delete(key)),
    async settled() {
      await last;
    },
  };
}
