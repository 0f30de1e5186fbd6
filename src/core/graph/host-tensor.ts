/**
 * Values that are known when a network is loaded: its weights, and the integers of shape arithmetic.
 * Plain arrays, never on the device.
 */

export type Shape = readonly number[];

/** Row-major values; integers are exact up to 2⁵³, a bool is 0 or 1. */
export type HostTensor = HostFloats | HostIntegers | HostBools;

export interface HostFloats {
  readonly type: "float";
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface HostIntegers {
  readonly type: "int";
  readonly shape: Shape;
  readonly data: Float64Array;
  /** Where values depend on the number of images n, each is `data + perImage · n`. */
  readonly perImage?: Float64Array;
}

export interface HostBools {
  readonly type: "bool";
  readonly shape: Shape;
  readonly data: Uint8Array;
}

/** Bytes of a number on the device. */
export const floatBytes = 4;

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Returns the distance in memory between neighbours along each axis of a row-major array. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

export function hostFloats(shape: Shape, data: ArrayLike<number>): HostFloats {
  return {
    type: "float",
    shape,
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  };
}

export function hostIntegers(shape: Shape, data: ArrayLike<number>): HostIntegers {
  return {
    type: "int",
    shape,
    data: data instanceof Float64Array ? data : Float64Array.from(data),
  };
}

export function hostBools(shape: Shape, data: ArrayLike<number>): HostBools {
  return { type: "bool", shape, data: data instanceof Uint8Array ? data : Uint8Array.from(data) };
}

/** Returns a tensor of the same type with other values. */
export function hostLike(
  like: Pick<HostTensor, "type">,
  shape: Shape,
  data: ArrayLike<number>,
): HostTensor {
  switch (like.type) {
    case "float":
      return hostFloats(shape, data);
    case "int":
      return hostIntegers(shape, data);
    case "bool":
      return hostBools(shape, data);
    default:
      return like.type satisfies never;
  }
}

/** Returns the values of integers for n images. */
export function integersAt({ data, perImage }: HostIntegers, n: number): number[] {
  return Array.from(data, (value, at) => value + (perImage?.[at] ?? 0) * n);
}

/** Returns a constant's values for n images. */
export function valueAt(constant: HostTensor, n: number): HostTensor {
  if (constant.type !== "int" || !constant.perImage) return constant;
  return hostIntegers(constant.shape, integersAt(constant, n));
}

/**
 * Builds a tensor of which every value is copied from another.
 *
 * @param from the index in `source` of the value at each index of the result
 */
export function rearranged(
  source: HostTensor,
  shape: Shape,
  from: (index: readonly number[]) => number,
): HostTensor {
  const size = sizeOf(shape);
  const out = source.type === "float" ? new Float32Array(size) : new Float64Array(size);
  forEachIndex(shape, (index, at) => {
    out[at] = source.data[from(index)] ?? 0;
  });
  return hostLike(source, shape, out);
}

/** Calls `visit` with every index of a shape, in row-major order; the index is reused. */
export function forEachIndex(
  shape: Shape,
  visit: (index: readonly number[], at: number) => void,
): void {
  const index = shape.map(() => 0);
  const size = sizeOf(shape);
  for (let at = 0; at < size; at++) {
    visit(index, at);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
    }
  }
}

/**
 * Returns the common shape of tensors under the rules of NumPy's broadcasting; undefined when there is
 * none.
 */
export function broadcastShape(...shapes: readonly Shape[]): number[] | undefined {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const out = Array.from({ length: rank }, () => 1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const at = rank - shape.length + axis;
      const size = shape[axis] ?? 1;
      const before = out[at] ?? 1;
      if (size === before || size === 1) continue;
      if (before !== 1) return undefined;
      out[at] = size;
    }
  }
  return out;
}

/** Returns, for an index of a broadcast shape, the place of the value in a tensor of this shape. */
export function broadcastPlace(shape: Shape): (index: readonly number[]) => number {
  const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  return (index) => {
    const skip = index.length - shape.length;
    let at = 0;
    for (let axis = 0; axis < strides.length; axis++) {
      at += (strides[axis] ?? 0) * (index[skip + axis] ?? 0);
    }
    return at;
  };
}
