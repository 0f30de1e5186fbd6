/** The architectures that can be trained, as graphs. */
import { LabError } from "../../errors";
import type { Graph, ValueName } from "../../graph/graph";
import type { HostFloats } from "../../graph/host-tensor";
import type { Architecture } from "../../nets/architecture";
import type { State } from "../../weights/state";
import { myrtleGraph } from "./myrtle";
import { resnetGraph } from "./resnet";
import { kernelOfPatches, patchKernel, vitGraph } from "./vit";

export type TrainableArchitecture = Exclude<Architecture, { readonly family: "graph" }>;

/** @throws LabError `bad-input` for a network from an ONNX file, whose BatchNorms are folded in */
export function trainable(architecture: Architecture): TrainableArchitecture {
  if (architecture.family !== "graph") return architecture;
  throw new LabError({
    code: "bad-input",
    input: "network to train",
    expected: "a ResNet, a five-layer CNN or a Vision Transformer",
    found: "a graph of operators, from an ONNX file",
  });
}

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
