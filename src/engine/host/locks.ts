/** Locks among all hosts that share a store: the tabs of a browser. */

export interface Locks {
  /**
   * Does `work` while holding the lock `name`, once it is free.
   *
   * @throws the reason of `signal` when it aborts before `work` begins; otherwise as `work` does
   */
  exclusive<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** As `exclusive`, but does not wait: undefined, and `work` is not done, where it is locked. */
  ifFree<T>(name: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
  /** Whether it is locked. */
  isHeld(name: string): Promise<boolean>;
}

/** For a single host, or where locks are not available. */
export const noLocks: Locks = {
  exclusive: (_name, _signal, work) => work(),
  ifFree: async (_name, work) => ({ value: await work() }),
  isHeld: () => Promise.resolve(false),
};
