import { expect, test } from "vitest";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { frozenNetwork, networkPart } from "../../../../src/core/nets/network";
import { checkParameters, parametersOf } from "../../../../src/core/nets/parameters";
import type { State, StateTensor } from "../../../../src/core/weights/state";
import { useBackend } from "../../backend";

const architectures: readonly Architecture[] = [
  { family: "resnet", blocks: [1, 2, 1], width: 2 },
  { family: "resnet", blocks: [1, 1, 1, 2], width: 1, classes: 2 },
  { family: "myrtle", width: 2 },
  { family: "myrtle", width: 1, classes: 2 },
  { family: "vit", dim: 4, depth: 2, heads: 2, patch: 16 },
  { family: "vit", dim: 4, depth: 1, heads: 2, patch: 16, pool: "mean" },
];

function stateOf(architecture: Architecture): Map<string, StateTensor> {
  return new Map(
    parametersOf(architecture).map(([name, shape]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, { shape, values: new Float32Array(size) }];
    }),
  );
}

/** A state that notes the names of the parameters whose values are read, in order. */
function watched(state: State): { state: State; read: string[] } {
  const read: string[] = [];
  const tensors = [...state].map(([name, { shape, values }]): [string, StateTensor] => [
    name,
    {
      shape,
      get values() {
        read.push(name);
        return values;
      },
    },
  ]);
  return { state: new Map(tensors), read };
}

test.each(architectures)(
  "every parameter is read once when a $family is built, and no other",
  async (architecture) => {
    await useBackend("cpu");
    const { state, read } = watched(stateOf(architecture));
    networkPart(state, architecture, 0).dispose();
    const names = parametersOf(architecture).map(([name]) => name);
    expect(read.toSorted()).toEqual(names.toSorted());
  },
);

test.each(architectures)(
  "a $family whose last parameter has another shape is refused before anything is decoded",
  (architecture) => {
    const sound = stateOf(architecture);
    const [last] = [...sound.keys()].slice(-1);
    sound.set(last ?? "", { shape: [7], values: new Float32Array(7) });
    const { state, read } = watched(sound);
    const refusal: unknown = expect.objectContaining({
      code: "bad-shape",
      input: last,
      found: "[7]",
    });
    expect(() => checkParameters(state, architecture)).toThrow(refusal);
    expect(() => frozenNetwork(state, architecture)).toThrow(refusal);
    expect(read).toEqual([]);
  },
);
