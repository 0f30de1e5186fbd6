/** Locks among all hosts that share a store: the tabs of a browser. */

export interface Locks {
  /**
   * Does `work` while nobody else holds `name`, waiting until then.
   *
   * @throws the reason of `signal` when it aborts before `work` begins; otherwise as `work` does
   */
  exclusive<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** As `exclusive`, but does not wait: undefined, `work` left undone, where somebody holds it. */
  ifFree<T>(name: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
  /** Whether anybody holds it. */
  isHeld(name: string): Promise<boolean>;
}

/** For one host alone, or where there are no locks to be had. */
export const noLocks: Locks = {
  exclusive: (_name, _signal, work) => work(),
  ifFree: async (_name, work) => ({ value: await work() }),
  isHeld: () => Promise.resolve(false),
};
