/** The five-layer CNN, its parameters open to training. */
import type { Graph } from "../../graph/graph";
import { inputOf } from "../../nets/architecture";
import { myrtlePools, type MyrtleArchitecture } from "../../nets/architecture-schema";
import type { State } from "../../weights/state";
import { trainingGraph } from "./builder";

/** As `trainingGraph`. */
export function myrtleGraph(state: State, architecture: MyrtleArchitecture, first: number): Graph {
  return trainingGraph(state, architecture, first, (graph) => {
    let x = graph.input;
    let c1: number = inputOf(architecture).channels;
    myrtlePools.forEach((pool, index) => {
      const c2 = architecture.width * 2 ** index;
      const [conv, norm] = [`conv${index + 1}`, `bn${index + 1}`];
      if (index >= first) {
        x = graph.normed(x, { conv, norm, k: 3, c1, c2, stride: 1 }, true);
        const size = [pool, pool];
        if (pool > 1) {
          x = graph.node(`pool${index + 1}`, "MaxPool", [x], {
            channelsLast: 1,
            kernel_shape: size,
            strides: size,
          });
        }
      }
      c1 = c2;
    });
    return graph.classifier(x, c1);
  });
}
