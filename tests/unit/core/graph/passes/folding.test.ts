/** Passes that every file goes through: each leaves the outputs as they are. */
import { beforeAll, describe, expect, test } from "vitest";
import { hostBools, hostFloats, hostIntegers } from "../../../../../src/core/graph/host-tensor";
import { channelsLast } from "../../../../../src/core/graph/passes/channels-last";
import { convolutionEpilogue } from "../../../../../src/core/graph/passes/convolution-epilogue";
import { foldConstants } from "../../../../../src/core/graph/passes/fold-constants";
import { normIntoConvolution } from "../../../../../src/core/graph/passes/norm-into-convolution";
import { withoutIdentities } from "../../../../../src/core/graph/passes/without-identities";
import { useBackend } from "../../../backend";
import {
  expectSame,
  expectSameInLayout,
  expectSameOnHost,
  graphOf,
  type Line,
  list,
  values,
} from "./pass-claims";

beforeAll(() => useBackend("cpu"));

/** Images are [n, 3, 4, 6], or [n, h, w, c] with six channels. */
const last = { channelsLast: 1 };

describe("what does not depend on the images", () => {
  const constants = {
    zero: hostIntegers([], [0]),
    first: list(0),
    rest: list(-1),
    two: hostFloats([], [2]),
    row: values(1, 6),
  };

  test("is computed once: a shape for any number of images", () => {
    const lines: Line[] = [
      ["shape", "Shape", ["x"]],
      ["n", "Gather", ["shape", "zero"]],
      ["n1", "Unsqueeze", ["n", "first"]],
      ["target", "Concat", ["n1", "rest"], { axis: 0 }],
      ["y", "Reshape", ["x", "target"]],
    ];
    const after = expectSameOnHost(graphOf(lines, constants), foldConstants, ["Reshape"]);
    const [, target = ""] = after.nodes[0]?.inputs ?? [];
    expect(after.constants.get(target)).toMatchObject({
      data: Float64Array.of(0, -1),
      perImage: Float64Array.of(1, 0),
    });
  });

  test("is computed once: weights that are scaled", () => {
    const lines: Line[] = [
      ["scaled", "Mul", ["row", "two"]],
      ["root", "Sqrt", ["two"]],
      ["factor", "Div", ["scaled", "root"]],
      ["y", "Mul", ["x", "factor"]],
    ];
    expectSameOnHost(graphOf(lines, constants), foldConstants, ["Mul"]);
  });

  test("stays a node where it grows with the number of images", () => {
    const lines: Line[] = [
      ["shape", "Shape", ["x"]],
      ["filled", "ConstantOfShape", ["shape"], { value: hostFloats([1], [3]) }],
      ["y", "Mul", ["x", "filled"]],
    ];
    expectSameOnHost(graphOf(lines, constants), foldConstants, ["ConstantOfShape", "Mul"]);
  });
});

describe("nodes that give back what they read", () => {
  const constants = { none: list(0, 0, 0, 0, 0, 0, 0, 0), some: list(0, 0, 1, 0, 0, 0, 0, 0) };

  test("are dropped, one after another and at the end", () => {
    const lines: Line[] = [
      ["a", "Identity", ["x"]],
      ["b", "Dropout", ["a"]],
      ["c", "Relu", ["b"]],
      ["d", "Cast", ["c"], { to: 1 }],
      ["y", "Pad", ["d", "none"]],
    ];
    const after = expectSame(graphOf(lines, constants), withoutIdentities, ["Relu"]);
    expect(after.output).toBe("c");
  });

  test("stay where they change something", () => {
    const lines: Line[] = [["y", "Pad", ["x", "some"]]];
    expectSame(graphOf(lines, constants), withoutIdentities, ["Pad"]);
  });
});

describe("BatchNorm after a convolution", () => {
  const constants = {
    kernel: values(1, 4, 6, 3, 3),
    each: values(2, 6, 1, 3, 3),
    bias: values(3, 4),
    gamma: values(4, 4),
    beta: values(5, 4),
    mean: values(6, 4),
    variance: hostFloats([4], [0.3, 1, 2, 0.7]),
    gammas: values(4, 6),
    betas: values(5, 6),
    means: values(6, 6),
    variances: hostFloats([6], [0.3, 1, 2, 0.7, 1.5, 0.2]),
  };
  const four = ["gamma", "beta", "mean", "variance"];
  const six = ["gammas", "betas", "means", "variances"];

  test.each<readonly [string, readonly Line[]]>([
    [
      "without a bias",
      [
        ["c", "Conv", ["x", "kernel"], last],
        ["y", "BatchNormalization", ["c", ...four], { ...last, epsilon: 0.1 }],
      ],
    ],
    [
      "with a bias",
      [
        ["c", "Conv", ["x", "kernel", "bias"], last],
        ["y", "BatchNormalization", ["c", ...four], last],
      ],
    ],
    [
      "of each channel",
      [
        ["c", "Conv", ["x", "each"], { ...last, group: 6, pads: [1, 1, 1, 1] }],
        ["y", "BatchNormalization", ["c", ...six], last],
      ],
    ],
  ])("becomes a part of one %s", (_, lines) => {
    expectSame(graphOf(lines, constants), normIntoConvolution, ["Conv"]);
  });

  test("stays where anything else reads the convolution", () => {
    const lines: Line[] = [
      ["c", "Conv", ["x", "kernel"], last],
      ["b", "BatchNormalization", ["c", ...four], last],
      ["y", "Add", ["b", "c"]],
    ];
    expectSame(graphOf(lines, constants), normIntoConvolution, [
      "Conv",
      "BatchNormalization",
      "Add",
    ]);
  });
});

describe("an addition and a ReLU after a convolution", () => {
  const constants = { kernel: values(1, 6, 6, 1, 1), bias: values(2, 6), row: values(3, 6) };
  const conv: Line = ["c", "Conv", ["x", "kernel", "bias"], last];

  test("become a part of it, bias and all", () => {
    const lines: Line[] = [conv, ["s", "Add", ["c", "x"]], ["y", "Relu", ["s"]]];
    const after = expectSame(graphOf(lines, constants), convolutionEpilogue, ["Conv"]);
    expect(after.nodes[0]).toMatchObject({
      inputs: ["x", "kernel", "bias", "x"],
      attributes: { relu: 1 },
    });
  });

  test("of two become a part of the later", () => {
    const lines: Line[] = [
      conv,
      ["r", "Relu", ["x"]],
      ["d", "Conv", ["r", "kernel"], last],
      ["s", "Add", ["d", "c"]],
      ["y", "Relu", ["s"]],
    ];
    const after = expectSame(graphOf(lines, constants), convolutionEpilogue, [
      "Conv",
      "Relu",
      "Conv",
    ]);
    expect(after.nodes.at(-1)?.inputs[3]).toBe("c");
  });

  test.each<readonly [string, readonly Line[], readonly string[]]>([
    ["a row is added", [conv, ["y", "Add", ["c", "row"]]], ["Conv", "Add"]],
    ["the ReLU is first", [conv, ["r", "Relu", ["c"]], ["y", "Add", ["r", "x"]]], ["Conv", "Add"]],
    [
      "anything else reads it",
      [conv, ["r", "Relu", ["c"]], ["y", "Add", ["r", "c"]]],
      ["Conv", "Relu", "Add"],
    ],
  ])("stay where %s", (_, lines, operators) => {
    expectSame(graphOf(lines, constants), convolutionEpilogue, operators);
  });
});

describe("a graph of [n, c, h, w]", () => {
  const constants = {
    kernel: values(1, 4, 3, 3, 3),
    bias: values(2, 4),
    slope: values(3, 3, 1, 1),
    map: values(4, 4, 6),
    pads: list(0, 0, 1, 0, 0, 0, 2, 1),
    one: list(1),
    end: list(99),
    axis: list(1),
    holds: hostBools([6], [1, 0, 0, 1, 1, 0]),
  };
  const pads = { pads: [1, 1, 1, 1] };
  const pool = { kernel_shape: [2, 2], strides: [2, 2] };

  test.each<readonly [string, readonly Line[], readonly string[]]>([
    [
      "convolutions and pools",
      [
        ["c", "Conv", ["x", "kernel", "bias"], pads],
        ["m", "MaxPool", ["c"], pool],
        ["y", "GlobalAveragePool", ["m"]],
      ],
      ["Conv", "MaxPool", "GlobalAveragePool", "Transpose"],
    ],
    [
      "numbers, maps and channels that are added and multiplied",
      [
        ["a", "PRelu", ["x", "slope"]],
        ["b", "Mul", ["a", "map"]],
        ["y", "Sub", ["x", "b"]],
      ],
      ["PRelu", "Mul", "Sub", "Transpose"],
    ],
    [
      "operators along an axis",
      [
        ["p", "Pad", ["x", "pads"]],
        ["s", "Slice", ["p", "one", "end", "axis"]],
        ["j", "Concat", ["s", "p"], { axis: 1 }],
        ["f", "Softmax", ["j"], { axis: 1 }],
        ["y", "ReduceMean", ["f"], { axes: [2, 3], keepdims: 0 }],
      ],
      ["Pad", "Slice", "Concat", "Softmax", "ReduceMean"],
    ],
    [
      "a Transpose that does the same",
      [
        ["t", "Transpose", ["x"], { perm: [0, 2, 3, 1] }],
        ["n", "LayerNormalization", ["t"]],
        ["b", "Transpose", ["n"], { perm: [0, 3, 1, 2] }],
        ["y", "Conv", ["b", "kernel"], {}],
      ],
      ["Identity", "LayerNormalization", "Identity", "Conv", "Transpose"],
    ],
    [
      "what needs the old layout",
      [
        ["c", "Conv", ["x", "kernel"], pads],
        ["w", "Where", ["holds", "c", "map"]],
        ["y", "Flatten", ["w"]],
      ],
      ["Conv", "Transpose", "Where", "Flatten"],
    ],
  ])("is written for [n, h, w, c]: %s", (_, lines, operators) => {
    expectSameInLayout(graphOf(lines, constants), channelsLast, operators);
  });
});
