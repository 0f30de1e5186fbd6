/** A ResNet whose parameters can be trained. */
import type { Graph } from "../../graph/graph";
import { inputOf } from "../../nets/architecture";
import type { ResNetArchitecture } from "../../nets/architecture-schema";
import { resnetBlocks, resnetStem } from "../../nets/resnet-blocks";
import type { State } from "../../weights/state";
import { trainingGraph } from "./builder";

/** As `trainingGraph`. */
export function resnetGraph(state: State, architecture: ResNetArchitecture, first: number): Graph {
  const blocks = resnetBlocks(architecture);
  return trainingGraph(state, architecture, first, (graph) => {
    let x = graph.input;
    if (first === 0) {
      x = graph.normed(x, resnetStem(architecture, inputOf(architecture).channels), true);
      if (architecture.stem === "imagenet") {
        x = graph.node("maxpool", "MaxPool", [x], {
          channelsLast: 1,
          kernel_shape: [3, 3],
          strides: [2, 2],
          pads: [1, 1, 1, 1],
        });
      }
    }
    for (const { convolutions, shortcut } of blocks.slice(Math.max(0, first - 1))) {
      const addend = shortcut ? graph.normed(x, shortcut, false) : x;
      const last = convolutions.length - 1;
      x = convolutions.reduce(
        (value, each, index) =>
          index === last
            ? graph.normed(value, each, true, addend)
            : graph.normed(value, each, true),
        x,
      );
    }
    return graph.classifier(x, blocks.at(-1)?.c2 ?? architecture.width);
  });
}
