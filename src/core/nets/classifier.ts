/** The classifier of convolutional networks: mean over positions, then one linear layer. */
import type { ClassCount } from "../data/labels";
import { builtSegment } from "../graph/builder";
import { linearParameters } from "../weights/fold-norm";
import type { State } from "../weights/state";
import type { Segment } from "../graph/segment";

/**
 * Builds the segment from [n, h, w, c] to logits, [n, classes].
 *
 * @throws LabError for a parameter that does not fit
 */
export function classifier(
  state: State,
  name: string,
  { side, c1 }: { readonly side: number; readonly c1: number },
  classes: ClassCount,
): Segment {
  const parameters = linearParameters(state, name, c1, classes);
  return builtSegment([side, side, c1], (graph) => graph.classifier(graph.input, parameters));
}
