/** A network's parameters by their PyTorch names, as read from a file. */
import { LabError } from "../errors";

/** Values in row-major order. */
export interface StateTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type State = ReadonlyMap<string, StateTensor>;

/**
 * Returns one parameter, which must have this shape and finite values.
 *
 * @throws LabError `not-found` when it is missing, `bad-shape` when its shape differs, `bad-file`
 *   when a value is not finite
 */
export function parameter(state: State, name: string, shape: readonly number[]): Float32Array {
  const wanted = `[${shape.join(",")}]`;
  const tensor = state.get(name);
  if (!tensor) {
    throw new LabError({
      code: "not-found",
      input: name,
      expected: wanted,
      found: "no such tensor in the file",
    });
  }
  const found = `[${tensor.shape.join(",")}]`;
  if (found !== wanted) {
    throw new LabError({ code: "bad-shape", input: name, expected: wanted, found });
  }
  const wrong = tensor.values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "finite values",
      found: String(wrong),
    });
  }
  return tensor.values;
}
