/**
 * The five-layer CNN of Bansal, Nakkiran & Barak 2021: four stages of Conv–BN–ReLU–MaxPool with
 * widths w, 2w, 4w, 8w, then one linear layer. Taps: after each stage's pooling.
 */
import { builtSegment } from "../graph/builder";
import { foldedConvolution } from "../weights/fold";
import type { State } from "../weights/state";
import { classesOf, inputOf } from "./architecture";
import { myrtlePools, type MyrtleArchitecture } from "./architecture-schema";
import { pooled, type Size } from "./taps";
import { classifier } from "./classifier";
import type { BuildSegment, Segment } from "../graph/segment";

/** Returns one segment per tap, then the classifier. */
export function myrtleSegments(state: State, architecture: MyrtleArchitecture): BuildSegment[] {
  const { channels, ...input } = inputOf(architecture);
  let read: { readonly size: Size; readonly c1: number } = { size: input, c1: channels };
  const segments = myrtlePools.map((pool, index): BuildSegment => {
    const [from, c2] = [read, architecture.width * 2 ** index];
    read = { size: pooled(from.size, pool), c1: c2 };
    return () => stage(state, index + 1, from, c2, pool);
  });
  const last = read;
  return [...segments, () => classifier(state, "fc", last, classesOf(architecture))];
}

function stage(
  state: State,
  number: number,
  { size, c1 }: { readonly size: Size; readonly c1: number },
  c2: number,
  pool: number,
): Segment {
  const folded = foldedConvolution(state, `conv${number}`, `bn${number}`, 3, c1, c2);
  return builtSegment([size.height, size.width, c1], (graph) => {
    const active = graph.convolution(graph.input, folded, { relu: true });
    if (pool === 1) return active;
    const size = [pool, pool];
    return graph.node("MaxPool", [active], { channelsLast: 1, kernel_shape: size, strides: size });
  });
}
