/** Building what owns many tensors. */
import { tf } from "./tf";

/**
 * Runs `make`. If it throws, every tensor that it made until then is disposed; otherwise all of them
 * stay, whatever `tidy` is around, and belong to what it made.
 */
export function disposeOnError<T>(make: () => T): T {
  const made: T[] = [];
  tf.tidy(() => {
    made.push(make());
    for (const tensor of tf.engine().state.activeScope.track) tf.keep(tensor);
  });
  return made[0] as T;
}
