/** x · ½ · (1 + erf(x / √2)), in any order of its factors, becomes Gelu. */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { isAbout, matcher, type Matcher } from "./patterns";

/** Runs after constants are folded. */
export function recogniseGelu(graph: Graph): Graph {
  const match = matcher(graph);
  const nodes = graph.nodes.map((node) => {
    const input = node.operator === "Mul" ? geluInput(node, match) : undefined;
    return input === undefined
      ? node
      : { ...node, operator: "Gelu", inputs: [input], attributes: {} };
  });
  return orderedGraph({ ...graph, nodes });
}

/** Multiplies out all factors of a product: one half, x, and 1 + erf(x / √2). */
function geluInput(node: GraphNode, match: Matcher): ValueName | undefined {
  const factors = factorsOf(node, match, 2);
  const scale = factors.reduce((product, name) => product * (match.number(name) ?? 1), 1);
  const values = factors.filter((name) => match.number(name) === undefined);
  if (!isAbout(scale, 0.5) || values.length !== 2) return undefined;
  return values.find((x, at) => erfArgument(values[1 - at], match) === x);
}

/** The factors of a product of products, each of which nothing else reads. */
function factorsOf(node: GraphNode, match: Matcher, depth: number): ValueName[] {
  return node.inputs.flatMap((name) => {
    if (name === undefined) return [];
    const inner = depth > 0 && match.isReadOnce(name) ? match.maker(name, "Mul") : undefined;
    return inner ? factorsOf(inner, match, depth - 1) : [name];
  });
}

/** x of 1 + erf(x / √2) */
function erfArgument(name: ValueName | undefined, match: Matcher): ValueName | undefined {
  const sum = match.maker(name, "Add");
  const parts = sum && match.sides(sum);
  if (!parts || !isAbout(match.number(parts.constant), 1)) return undefined;
  const argument = match.maker(parts.value, "Erf")?.inputs[0];
  const quotient = match.maker(argument, "Div");
  if (quotient && isAbout(match.number(quotient.inputs[1]), Math.SQRT2)) return quotient.inputs[0];
  const product = match.maker(argument, "Mul");
  const scaled = product && match.sides(product);
  return scaled && isAbout(match.number(scaled.constant), Math.SQRT1_2) ? scaled.value : undefined;
}
