/** Tells a network's architecture from its parameters' names and shapes. */
import { LabError } from "../errors";
import type { Architecture } from "../nets/architecture";
import { parameter, type State } from "./state";

/**
 * The architecture of a file. Only the names are looked at beyond the first layer: a parameter that
 * then does not fit is named when the network is built.
 *
 * @param name how errors name the file
 * @throws LabError `bad-file` when it is none that we know
 */
export function recogniseArchitecture(state: State, name: string): Architecture {
  if (state.has("layer1.0.conv1.weight")) return recogniseResnet(state, name);
  if (state.has("conv4.weight") && state.has("bn4.weight")) {
    return { family: "myrtle", width: firstFilters(state, "conv1.weight") };
  }
  throw new LabError({
    code: "bad-file",
    input: name,
    expected:
      "parameters of a CIFAR ResNet with basic blocks (layer1.0.conv1.weight) or of the five-layer CNN (conv4.weight)",
    found: [...state.keys()].slice(0, 3).join(", "),
  });
}

function recogniseResnet(state: State, name: string): Architecture {
  if (state.has("layer1.0.conv3.weight")) {
    throw new LabError({
      code: "bad-file",
      input: `${name}: layer1.0.conv3.weight`,
      expected: "basic blocks of two convolutions",
      found: "a bottleneck block of three",
    });
  }
  const count = (stage: number): number => {
    let blocks = 0;
    while (state.has(`layer${String(stage)}.${String(blocks)}.conv1.weight`)) blocks++;
    if (blocks === 0) {
      throw new LabError({
        code: "bad-file",
        input: `${name}: layer${String(stage)}.0.conv1.weight`,
        expected: "four stages of blocks",
        found: "no such tensor in the file",
      });
    }
    return blocks;
  };
  return {
    family: "resnet",
    blocks: [count(1), count(2), count(3), count(4)],
    width: firstFilters(state, "conv1.weight"),
  };
}

/** Filters of the first convolution, whose kernel must be 3×3 on RGB. */
function firstFilters(state: State, conv: string): number {
  // A kernel of no filters at all fits no network.
  const filters = Math.max(1, state.get(conv)?.shape[0] ?? 1);
  // Reading it checks the rest of its shape: an ImageNet stem is 7×7 and is refused here.
  parameter(state, conv, [filters, 3, 3, 3]);
  return filters;
}
