/** Tensors that are made when they are first needed, and kept. */
import { commandQueue } from "./backend";
import { tf, type Tensor } from "./tf";

/** Owns its tensors until `dispose`. */
export interface KeptTensors<T extends readonly Tensor[]> {
  /** To be called inside a `tidy`, which does not dispose them. */
  get(): T;
  dispose(): void;
}

/**
 * @param make called at the first `get`; and whenever programs are only compiled, when what it
 *   makes is rubbish
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
 * Runs `make`. If it throws, every tensor that it made until then is disposed; otherwise all of
 * them stay, whatever `tidy` is around, and belong to what it made.
 */
export function disposeOnError<T>(make: () => T): T {
  const made: T[] = [];
  tf.tidy(() => {
    made.push(make());
    for (const tensor of tf.engine().state.activeScope.track) tf.keep(tensor);
  });
  return made[0] as T;
}
