/** Small networks as files, with weights that a test chooses. */
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { parametersOf } from "../../../../src/core/nets/parameters";
import { seeded } from "../../../../src/core/random/generator";
import type { State, StateTensor } from "../../../../src/core/weights/state";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import { uniformArray } from "../numbers";

/** Random weights that keep representations near 1; normalisation layers change nothing. */
export function randomState(architecture: Architecture, seed = 1): Map<string, StateTensor> {
  const random = seeded(seed);
  return new Map(
    parametersOf(architecture).map(([name, shape]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      const isNorm = /(^|\.)(bn\d|norm\d?|downsample\.1)\./.test(name);
      const isOne = isNorm && /(weight|running_var)$/.test(name);
      const fanIn = size / (shape[0] ?? 1);
      const values = isNorm
        ? new Float32Array(size).fill(isOne ? 1 : 0)
        : uniformArray(random, size).map((value) => value * Math.sqrt(3 / fanIn));
      return [name, { shape, values }];
    }),
  );
}

/** The state with some parameters multiplied. */
export function scaled(state: State, names: RegExp, by: number): State {
  return new Map(
    [...state].map(([name, { shape, values }]) => [
      name,
      { shape, values: names.test(name) ? values.map((value) => value * by) : values },
    ]),
  );
}

/** @param metadata texts by name */
export function networkFile(
  state: State,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return writeSafetensors(state, new Map(Object.entries(metadata)));
}
