/** A network's parameters by their PyTorch names, as read from a file. */
import { LabError } from "../errors";

/** Values in row-major order. */
export interface StateTensor {
  readonly shape: readonly number[];
  /** A tensor of a file is decoded whenever they are read: read them once. */
  readonly values: Float32Array;
}

export type State = ReadonlyMap<string, StateTensor>;

/**
 * Checks that a state has a parameter, and its shape; decodes nothing.
 *
 * @throws LabError `not-found` when it is missing, `bad-shape` when its shape differs
 */
export function checkParameter(state: State, name: string, shape: readonly number[]): StateTensor {
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
  return tensor;
}

/**
 * Returns one parameter, which must have this shape and finite values.
 *
 * @throws LabError as `checkParameter` does, `bad-file` when a value is not finite
 */
export function parameter(state: State, name: string, shape: readonly number[]): Float32Array {
  const { values } = checkParameter(state, name, shape);
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "finite values",
      found: String(wrong),
    });
  }
  return values;
}
