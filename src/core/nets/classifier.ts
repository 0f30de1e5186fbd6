/** The classifier of convolutional networks: mean over positions, then one linear layer. */
import { builtSegment } from "../graph/builder";
import { linearParameters } from "../weights/fold-norm";
import type { State } from "../weights/state";
import type { Segment } from "../graph/segment";
import type { Size } from "./taps";

/**
 * Builds the segment from [n, h, w, c] to logits, [n, classes].
 *
 * @throws LabError for a parameter that does not fit
 */
export function classifier(
  state: State,
  name: string,
  { size, c1 }: { readonly size: Size; readonly c1: number },
  classes: number,
): Segment {
  const parameters = linearParameters(state, name, c1, classes);
  return builtSegment([size.height, size.width, c1], (graph) =>
    graph.classifier(graph.input, parameters),
  );
}
