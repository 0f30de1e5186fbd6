import { describe, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { orderedGraph, type Graph, type GraphNode } from "../../../../src/core/graph/graph";
import { defaultTaps, moduleOf, separators } from "../../../../src/core/graph/taps";
import { seeded, type Generator } from "../../../../src/core/random/generator";

/** Adds up its inputs, or rectifies a single one. */
function node(output: string, ...inputs: string[]): GraphNode {
  const operator = inputs.length === 1 ? "Relu" : "Add";
  return { name: output, operator, inputs, output, attributes: {} };
}

function graphOf(nodes: readonly GraphNode[], output = nodes.at(-1)?.output ?? "image"): Graph {
  return {
    name: "net.onnx",
    input: "image",
    imageShape: [1, 2, 2],
    output,
    nodes,
    constants: new Map(),
  };
}

function errorOf(run: () => unknown): LabError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
  }
  throw new Error("expected a LabError");
}

describe("the order of a graph", () => {
  test("puts each node after those that it reads, and drops what the output does not need", () => {
    const graph = graphOf(
      [node("c", "a", "b"), node("b", "a"), node("unread", "b"), node("a", "image")],
      "c",
    );
    expect(orderedGraph(graph).nodes.map(({ output }) => output)).toEqual(["a", "b", "c"]);
  });

  test("a cycle is refused by the name of one of its nodes", () => {
    const graph = graphOf([node("a", "image", "b"), node("b", "a")], "b");
    expect(errorOf(() => orderedGraph(graph))).toMatchObject({
      code: "bad-file",
      found: "a cycle",
    });
  });

  test("a missing value is refused by its name and its reader", () => {
    const error = errorOf(() => orderedGraph(graphOf([node("a", "nowhere")])));
    expect(error.message).toBe(
      "net.onnx: a: expected an input named nowhere, found no such value in the graph",
    );
  });

  test("two nodes that compute one value are refused", () => {
    const graph = graphOf([node("a", "image"), node("a", "image")]);
    expect(errorOf(() => orderedGraph(graph)).found).toBe("a second one");
  });

  test("a chain of 50,000 nodes needs no recursion", () => {
    const chain = Array.from({ length: 50_000 }, (_, at) =>
      node(`v${at}`, at === 0 ? "image" : `v${at - 1}`),
    );
    expect(orderedGraph(graphOf(chain)).nodes).toHaveLength(50_000);
  });
});

describe("separators", () => {
  test("of a residual block are its input and its sum", () => {
    const graph = graphOf([
      node("stem", "image"),
      node("inner", "stem"),
      node("sum", "inner", "stem"),
      node("end", "sum"),
    ]);
    expect(separators(graph).map(({ value }) => value)).toEqual(["stem", "sum"]);
  });

  test("are none where the images are read again at the end", () => {
    const graph = graphOf([node("a", "image"), node("b", "a"), node("c", "b", "image")]);
    expect(separators(graph)).toEqual([]);
  });

  test("of 200 random graphs are the values without which the output is out of reach", () => {
    for (let seed = 0; seed < 200; seed++) {
      const graph = orderedGraph(randomGraph(seeded(seed)));
      const values = graph.nodes.map(({ output }) => output).filter((v) => v !== graph.output);
      const expected = values.filter((value) => !reaches(graph, value));
      expect(separators(graph).map(({ value }) => value)).toEqual(expected);
    }
  });
});

function randomGraph(random: Generator): Graph {
  const values = ["image"];
  const pick = (): string => {
    // Mostly a recent value, so that there are separators.
    const back = Math.min(values.length, 1 + Math.floor(random.uniform() ** 2 * 4));
    return values[values.length - back] ?? "image";
  };
  const nodes = Array.from({ length: 12 }, (_, at) => {
    const made = node(`v${at}`, ...(random.uniform() < 0.5 ? [pick()] : [pick(), pick()]));
    values.push(made.output);
    return made;
  });
  return graphOf(nodes);
}

/** Whether the output can still be reached from the images without one value. */
function reaches({ nodes, input, output }: Graph, without: string): boolean {
  const reached = new Set([input]);
  for (const { inputs, output: value } of nodes) {
    if (value === without) continue;
    if (inputs.some((name) => name !== undefined && reached.has(name))) reached.add(value);
  }
  return reached.has(output);
}

describe("names of taps", () => {
  test.each([
    ["/layer1/layer1.0/relu_1/Relu", "layer1.0"],
    ["/features/features.3/conv/conv.2/Conv", "features.3"],
    ["/features/features.1/features.1.0/mlp/mlp.3/Add", "features.1.0"],
    ["/encoder/layers/encoder_layer_3/Add_1", "encoder_layer_3"],
    ["/maxpool/MaxPool", "maxpool"],
    ["Relu_7", "Relu_7"],
  ])("%s is the output of %s", (nodeName, name) => {
    expect(moduleOf(nodeName)).toBe(name);
  });

  test("vectors are no taps by default", () => {
    const graph: Graph = {
      ...graphOf([
        node("map", "image"),
        { ...node("pooled", "map"), operator: "GlobalAveragePool" },
        node("end", "pooled"),
      ]),
    };
    expect(defaultTaps(graph).map(({ value }) => value)).toEqual(["map"]);
  });
});
