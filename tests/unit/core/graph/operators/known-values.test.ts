/** Operators for what is known without the images, with values by hand. */
import { beforeAll, describe, expect, test } from "vitest";
import {
  hostBools,
  hostFloats,
  hostIntegers,
  type HostTensor,
} from "../../../../../src/core/graph/host-tensor";
import { LabError } from "../../../../../src/core/errors";
import { tf } from "../../../../../src/core/tensor/tf";
import { useBackend } from "../../../backend";
import { callOf, folded, images, integers, operatorOf, type Example } from "./operator-call";
import { example } from "./operator-examples";

const whole = (value: number): HostTensor => hostIntegers([], [value]);
const rows = hostFloats([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);

describe("what is known without the images", () => {
  test.each<readonly [string, Example, HostTensor]>([
    [
      "Equal, number by number",
      example("Equal", [integers(1, 2, 3), integers(1, 0, 3)]),
      hostBools([3], [1, 0, 1]),
    ],
    [
      "Equal of a row and a column",
      example("Equal", [integers(1, 2), hostIntegers([2, 1], [2, 1])]),
      hostBools([2, 2], [0, 1, 1, 0]),
    ],
    [
      "Mod, with the divisor's sign",
      example("Mod", [integers(-4, 7, 5, 4, -7, 8), integers(2, -3, 8, -2, 3, 5)]),
      integers(0, -2, 5, 0, 2, 3),
    ],
    [
      "Mod, with the dividend's sign",
      example("Mod", [integers(-4, 7, 5, 4, -7, 8), integers(2, -3, 8, -2, 3, 5)], { fmod: 1 }),
      integers(-0, 1, 5, 0, -1, 3),
    ],
    ["Not", example("Not", [hostBools([2, 2], [1, 0, 0, 1])]), hostBools([2, 2], [0, 1, 1, 0])],
    ["Range", example("Range", [whole(3), whole(9), whole(3)]), integers(3, 6)],
    ["Range downwards", example("Range", [whole(10), whole(4), whole(-2)]), integers(10, 8, 6)],
    [
      "Range of fractions",
      example(
        "Range",
        [0, 1, 0.25].map((value) => hostFloats([], [value])),
      ),
      hostFloats([4], [0, 0.25, 0.5, 0.75]),
    ],
    ["Range of nothing", example("Range", [whole(3), whole(3), whole(1)]), integers()],
    [
      "ScatterND of numbers",
      example("ScatterND", [
        integers(1, 2, 3, 4, 5, 6, 7, 8),
        hostIntegers([4, 1], [4, 3, 1, -1]),
        integers(9, 10, 11, 12),
      ]),
      integers(1, 11, 3, 10, 9, 6, 7, 12),
    ],
    [
      "ScatterND of rows",
      example("ScatterND", [rows, hostIntegers([2, 1], [0, 2]), hostFloats([2, 2], [9, 9, 8, 8])]),
      hostFloats([4, 2], [9, 9, 3, 4, 8, 8, 7, 8]),
    ],
    [
      "ScatterND of places",
      example("ScatterND", [rows, hostIntegers([1, 2], [3, -2]), hostFloats([1], [0])]),
      hostFloats([4, 2], [1, 2, 3, 4, 5, 6, 0, 8]),
    ],
    ["Shape", example("Shape", [images(2, 3, 4)]), integers(2, 3, 4)],
    ["Shape of some axes", example("Shape", [images(2, 3, 4)], { start: 1 }), integers(3, 4)],
    [
      "Shape counted from the end",
      example("Shape", [images(2, 3, 4)], { start: -3, end: -1 }),
      integers(2, 3),
    ],
    [
      "a part of a Split, of which the last is smaller",
      example("EqualPart", [integers(1, 2, 3, 4, 5)], { axis: 0, parts: 3, part: 2 }),
      integers(5),
    ],
    [
      "a part of a Split along an inner axis",
      example("EqualPart", [rows], { axis: -1, parts: 2, part: 1 }),
      hostFloats([4, 1], [2, 4, 6, 8]),
    ],
    ["Relu", example("Relu", [hostFloats([4], [-2, -0.5, 0, 3])]), hostFloats([4], [0, 0, 0, 3])],
  ])("%s", (_, given, expected) => {
    const found = folded(given);
    expect({ ...found, data: Array.from(found?.data ?? [], plain) }).toEqual({
      ...expected,
      data: Array.from(expected.data, plain),
    });
    expect(operatorOf(given).shape(callOf(given))).toEqual(expected.shape);
  });

  test.each([
    ["an index outside", example("ScatterND", [integers(1, 2), integers(2), integers(3)])],
    [
      "updates of another size",
      example("ScatterND", [rows, hostIntegers([1, 1], [0]), integers(3)]),
    ],
    ["a step of nothing", example("Range", [whole(0), whole(3), whole(0)])],
    ["more numbers than a network needs", example("Range", [whole(0), whole(2 ** 25), whole(1)])],
    ["shapes that do not go together", example("Equal", [integers(1, 2), integers(1, 2, 3)])],
  ])("%s is refused", (_, given) => {
    const run = (): void => {
      operatorOf(given).shape(callOf(given));
      folded(given);
    };
    expect(run).toThrow(LabError);
  });
});

/** -0 as 0. */
function plain(value: number): number {
  return value + 0;
}

describe("Relu on the device", () => {
  beforeAll(() => useBackend("cpu"));

  test("gives what is positive, and leaves the gradient to be masked by its output", () => {
    const runner = operatorOf(example("Relu", [])).prepare?.(callOf(example("Relu", [images(4)])));
    tf.tidy(() => {
      const x = tf.tensor1d([-2, -0.5, 0, 3]);
      const traced = runner?.trace([x], 4);
      expect(Array.from(traced?.output.dataSync() ?? [])).toEqual([0, 0, 0, 3]);
      expect(Array.from(runner?.forward([x], 4).dataSync() ?? [])).toEqual([0, 0, 0, 3]);
      // Whoever calls the pullback has put zeros where the output is not positive.
      const gradient = tf.tensor1d([0, 0, 0, 5]);
      expect(Array.from(traced?.pullback(gradient)[0]?.dataSync() ?? [])).toEqual([0, 0, 0, 5]);
    });
    expect(runner?.endsInRelu).toBe(true);
    runner?.dispose();
  });
});
