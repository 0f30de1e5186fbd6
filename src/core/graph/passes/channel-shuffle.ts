/**
 * Channels in groups that are dealt out one by one, which exporters write as Reshape, Transpose and
 * Reshape of [n, c, h, w], become ChannelShuffle, which works in any layout. Zhang et al. 2018,
 * "ShuffleNet", section 3.1.
 */
import { orderedGraph, type Graph } from "../graph";
import { hasWholeAxes, joined } from "./strided-view";
import { both, viewsOf, type Views } from "./views";

/** Runs before the layout pass. */
export function recogniseChannelShuffle(graph: Graph): Graph {
  const views = viewsOf(graph);
  const nodes = graph.nodes.map((node) => {
    const { base, views: seen } = views.of(node.output);
    const [groups, same] = both((k) => groupsOf(seen[k].axes, base, node.output, views, k));
    if (groups === undefined || groups !== same) return node;
    return { ...node, operator: "ChannelShuffle", inputs: [base], attributes: { groups } };
  });
  return orderedGraph({ ...graph, nodes });
}

/** The groups that are dealt out; undefined for any other view. */
function groupsOf(
  axes: Parameters<typeof hasWholeAxes>[0],
  base: string,
  output: string,
  views: Views,
  k: 0 | 1,
): number | undefined {
  const [shape, from] = [views.shapeOf(output)[k], views.shapeOf(base)[k]];
  if (shape.length !== 4 || shape.join() !== from.join()) return undefined;
  const [, c = 1, h = 1, w = 1] = shape;
  const [each, group, ...others] = joined(axes[1] ?? []);
  const isDealt =
    each?.stride === h * w &&
    group?.stride === each.size * h * w &&
    each.size * group.size === c &&
    others.length === 0;
  return isDealt && hasWholeAxes(axes, from, [0, 2, 3]) ? group.size : undefined;
}
