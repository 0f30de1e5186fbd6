/** The passes that turn an exporter's graph into one that runs fast here, in their order. */
import type { Graph, Pass } from "./graph";
import { recogniseAttention } from "./passes/attention";
import { recogniseChannelShuffle } from "./passes/channel-shuffle";
import { channelsLast } from "./passes/channels-last";
import { composeViews } from "./passes/compose-views";
import { convolutionEpilogue } from "./passes/convolution-epilogue";
import { foldConstants } from "./passes/fold-constants";
import { recogniseGelu } from "./passes/gelu";
import { recogniseLayerNorm } from "./passes/layer-norm";
import { recogniseLinear } from "./passes/linear";
import { normIntoConvolution } from "./passes/norm-into-convolution";
import { normIntoLinear } from "./passes/norm-into-linear";
import { withoutIdentities } from "./passes/without-identities";

const passes: readonly Pass[] = [
  foldConstants,
  withoutIdentities,
  recogniseGelu,
  recogniseLayerNorm,
  normIntoConvolution,
  recogniseChannelShuffle,
  channelsLast,
  foldConstants,
  withoutIdentities,
  recogniseLinear,
  recogniseAttention,
  composeViews,
  normIntoLinear,
  convolutionEpilogue,
];

/**
 * @returns a graph with the same output for images of [n, h, w, c]
 * @throws LabError `bad-file` for an unknown operator, or sizes that do not fit
 */
export function optimised(graph: Graph): Graph {
  return passes.reduce((done, pass) => pass(done), graph);
}
