/** The architectures that can be trained, as graphs. */
import type { Graph, ValueName } from "../../graph/graph";
import type { HostFloats } from "../../graph/host-tensor";
import type { State } from "../../weights/state";
import type { TrainableArchitecture } from "../recipe";
import { myrtleGraph } from "./myrtle";
import { resnetGraph } from "./resnet";
import { kernelOfPatches, patchKernel, vitGraph } from "./vit";

/**
 * A network, or its layers above a tap, with its parameters among the constants.
 *
 * @param first 0 for the whole network, ℓ + 1 for the layers above tap ℓ
 * @throws LabError naming a parameter that is missing or has another shape
 */
export function graphOf(state: State, architecture: TrainableArchitecture, first = 0): Graph {
  switch (architecture.family) {
    case "resnet":
      return resnetGraph(state, architecture, first);
    case "myrtle":
      return myrtleGraph(state, architecture, first);
    case "vit":
      return vitGraph(state, architecture, first);
    default:
      return architecture satisfies never;
  }
}

/** The graph's parameters and statistics as PyTorch has them. */
export function stateOf(
  named: ReadonlyMap<ValueName, HostFloats>,
  architecture: TrainableArchitecture,
): State {
  return new Map(
    [...named].map(([name, value]) => {
      const isKernel = architecture.family === "vit" && name === patchKernel;
      const { shape, data } = isKernel ? kernelOfPatches(value, architecture) : value;
      return [name, { shape, values: data }];
    }),
  );
}
