/** Recognises a ResNet by torchvision's parameter names. */
import { LabError } from "../../errors";
import { checkParameter, type State } from "../../weights/state";
import type { ResNetArchitecture } from "../architecture-schema";
import { counted, headOf, inputAndClassesOf, type FileFacts } from "../input-and-classes";
import { parametersOf } from "../parameters";

/** Sides of the images of ImageNet and CIFAR-10. */
const sides = { imagenet: 224, cifar: 32 } as const;

export function isResnet(state: State): boolean {
  return state.has("layer1.0.conv1.weight");
}

/**
 * Returns the architecture of a state in which `isResnet` holds. The blocks are counted, bottlenecks
 * have a third convolution, and an ImageNet stem is 7×7.
 *
 * @throws LabError `bad-file` or `bad-shape` naming what does not fit
 */
export function describedResnet(state: State, facts: FileFacts): ResNetArchitecture {
  const { name } = facts;
  const architecture = describedTrunk(state, facts);
  const known = new Set(parametersOf(architecture).map(([parameter]) => parameter));
  // Squeeze-and-excitation, a bias or a deeper stem would change every output.
  const unknown = [...state.keys()].find(
    (key) => /^(conv|bn|layer)\d/.test(key) && !known.has(key),
  );
  if (unknown !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: `${name}: ${unknown}`,
      expected: "only parameters of a ResNet as torchvision has it",
      found: "a parameter of another kind of network",
    });
  }
  return { ...architecture, ...headOf(state, "fc") };
}

/**
 * Channels of what the trunk gives, of a state in which `isResnet` holds.
 *
 * @throws LabError as `describedResnet`
 */
export function resnetFeatures(state: State, name: string): number {
  const facts = { name, metadata: new Map<string, string>() };
  const { blocks, width, expansion = 1 } = describedTrunk(state, facts);
  return width * expansion * 2 ** (blocks.length - 1);
}

function describedTrunk(state: State, facts: FileFacts): ResNetArchitecture {
  const { name } = facts;
  const blocksOf = (stage: number): number =>
    counted(state, (block) => `layer${stage}.${block}.conv1.weight`);
  const stages = counted(state, (stage) => `layer${stage + 1}.0.conv1.weight`);
  if (stages !== 3 && stages !== 4) {
    throw new LabError({
      code: "bad-file",
      input: `${name}: layer${Math.min(stages, 4) + 1}.0.conv1.weight`,
      expected: "three or four stages of blocks",
      found: stages < 3 ? "no such tensor in the file" : `${stages} stages`,
    });
  }
  const stem = stemOf(state);
  return {
    family: "resnet",
    blocks: Array.from({ length: stages }, (_, stage) => blocksOf(stage + 1)),
    ...stem,
    ...expansionOf(state, stem.width),
    ...inputAndClassesOf(state, facts, {
      first: "conv1.weight",
      last: "fc.weight",
      usual: stem.stem === "imagenet" ? sides.imagenet : sides.cifar,
    }),
  };
}

/** The first convolution, 3×3 or 7×7 on one or three channels. */
function stemOf(state: State): Pick<ResNetArchitecture, "width" | "stem"> {
  const [filters = 1, channels = 0, k = 0] = state.get("conv1.weight")?.shape ?? [];
  // A kernel without filters fits no network.
  const width = Math.max(1, filters);
  const side = k === 7 ? 7 : 3;
  checkParameter(state, "conv1.weight", [width, channels === 1 ? 1 : 3, side, side]);
  return side === 7 ? { width, stem: "imagenet" } : { width };
}

/** From the third convolution of the first bottleneck, 1×1. */
function expansionOf(state: State, width: number): Pick<ResNetArchitecture, "expansion"> {
  const last = "layer1.0.conv3.weight";
  const shape = state.get(last)?.shape;
  if (!shape) return {};
  const expansion = Math.max(1, Math.round((shape[0] ?? 0) / width));
  checkParameter(state, last, [width * expansion, width, 1, 1]);
  return { expansion };
}
