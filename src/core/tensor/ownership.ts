/** Ownership of tensors: created lazily and kept, or disposed when their construction fails. */
import { commandQueue } from "./backend";
import { tf, type Tensor } from "./tf";

/** Owns its tensors until `dispose`. */
export interface KeptTensors<T extends readonly Tensor[]> {
  /** To be called inside a `tidy`, which does not dispose them. */
  get(): T;
  dispose(): void;
}

/**
 * @param make called at the first `get`, and at every `get` while programs are only compiled, when
 *   its result is meaningless
 */
export function keptTensors<T extends readonly Tensor[]>(make: () => T): KeptTensors<T> {
  let kept: T | undefined;
  return {
    get() {
      if (kept) return kept;
      const made = make();
      if (commandQueue()?.compilesOnly) return made;
      for (const tensor of made) tf.keep(tensor);
      kept = made;
      return made;
    },
    dispose() {
      tf.dispose([...(kept ?? [])]);
    },
  };
}

/**
 * Runs `make`. If it throws, every tensor created so far is disposed; else all of them survive a
 * surrounding `tidy` and belong to the result.
 */
export function disposeOnError<T>(make: () => T): T {
  const made: T[] = [];
  tf.tidy(() => {
    made.push(make());
    for (const tensor of tf.engine().state.activeScope.track) tf.keep(tensor);
  });
  return made[0] as T;
}
