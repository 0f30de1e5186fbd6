/** Makes numbers of an image out of a map: a trunk without pooling gives [n, c, h, w]. */
import type { Graph } from "../graph/graph";

/** Returns the graph with the mean of its output over height and width, [n, c], as the output. */
export function withMeanOutput(graph: Graph): Graph {
  const [mean, output] = [`${graph.output}.mean`, `${graph.output}.mean.flat`];
  const nodes = [
    ...graph.nodes,
    {
      ...{ name: mean, operator: "GlobalAveragePool", output: mean },
      ...{ inputs: [graph.output], attributes: {} },
    },
    { name: output, operator: "Flatten", inputs: [mean], output, attributes: {} },
  ];
  return { ...graph, nodes, output };
}
