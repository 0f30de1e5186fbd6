/** Recognises a network's architecture by the names and shapes of its parameters. */
import { LabError } from "../errors";
import { architectureSchema, inputAndClasses, type Architecture, type Size } from "./architecture";
import type { Metadata } from "../weights/safetensors";
import { checkParameter, type State } from "../weights/state";

/**
 * Returns the architecture of a file; decodes nothing. Beyond the first layer and the number of
 * classes, only names are checked: `checkParameters` reports a parameter that does not fit.
 *
 * No shape reveals the number of a Vision Transformer's heads. It is `heads` in the file's metadata
 * or, without it, dim / 64: all of timm's standard sizes have heads of 64.
 *
 * @param name how errors name the file
 * @param metadata the file's metadata, see `metadataOf`
 * @throws LabError `bad-file` for an unknown architecture
 */
export function recogniseArchitecture(
  state: State,
  name: string,
  metadata: Metadata = new Map(),
): Architecture {
  const found = described(state, name, metadata);
  const { data, error } = architectureSchema.safeParse(found);
  if (data) return data;
  throw new LabError({
    code: "bad-file",
    input: name,
    expected: error.issues[0]?.message ?? "a known architecture",
    found: JSON.stringify(found),
  });
}

/** The architecture by names and shapes; sizes may still be impossible. */
function described(state: State, name: string, metadata: Metadata): Architecture {
  if (state.has("layer1.0.conv1.weight")) return describedResnet(state, name, metadata);
  if (state.has("conv4.weight") && state.has("bn4.weight")) {
    const width = firstFilters(state, "conv1.weight");
    const ends = ["conv1.weight", "fc.weight"] as const;
    return { family: "myrtle", width, ...inputAndClassesOf(state, name, metadata, ends) };
  }
  if (state.has("blocks.0.attn.qkv.weight")) return describedVit(state, name, metadata);
  throw new LabError({
    code: "bad-file",
    input: name,
    expected:
      "parameters of a CIFAR ResNet with basic blocks (layer1.0.conv1.weight), of the five-layer CNN (conv4.weight) or of a Vision Transformer (blocks.0.attn.qkv.weight)",
    found: [...state.keys()].slice(0, 3).join(", "),
  });
}

function describedResnet(state: State, name: string, metadata: Metadata): Architecture {
  if (state.has("layer1.0.conv3.weight")) {
    throw new LabError({
      code: "bad-file",
      input: `${name}: layer1.0.conv3.weight`,
      expected: "basic blocks of two convolutions",
      found: "a bottleneck block of three",
    });
  }
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
  return {
    family: "resnet",
    blocks: Array.from({ length: stages }, (_, stage) => blocksOf(stage + 1)),
    width: firstFilters(state, "conv1.weight"),
    ...inputAndClassesOf(state, name, metadata, ["conv1.weight", "fc.weight"]),
  };
}

/** Matches every parameter name of timm's plain Vision Transformer. */
const vitParameter =
  /^(cls_token|pos_embed|(patch_embed\.proj|norm|head|blocks\.\d+\.(norm[12]|attn\.(qkv|proj)|mlp\.fc[12]))\.(weight|bias))$/;

function describedVit(state: State, name: string, metadata: Metadata): Architecture {
  // Layer scale, normalised queries and the like would change every output, and leave every shape
  // as it is.
  const unknown = [...state.keys()].find((key) => !vitParameter.test(key));
  if (unknown !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: `${name}: ${unknown}`,
      expected: "only parameters of a plain Vision Transformer",
      found: "a parameter of another kind of network",
    });
  }
  const kernel = "patch_embed.proj.weight";
  const [dim = 0, channels = 0, , patch = 0] = state.get(kernel)?.shape ?? [];
  checkParameter(state, kernel, [dim, channels === 1 ? 1 : 3, patch, patch]);
  const depth = counted(state, (block) => `blocks.${block}.attn.qkv.weight`);
  const heads = headsOf(dim, name, metadata);
  const ends = [kernel, "head.weight"] as const;
  return {
    family: "vit",
    dim,
    depth,
    heads,
    patch,
    ...inputAndClassesOf(state, name, metadata, ends),
  };
}

/** Dosovitskiy et al. 2021, table 1: every size has heads of 64. */
const headWidth = 64;

function headsOf(dim: number, name: string, metadata: Metadata): number {
  const said = metadata.get("heads");
  if (said !== undefined && /^[1-9]\d{0,3}$/.test(said)) return Number(said);
  if (said === undefined && dim % headWidth === 0) return dim / headWidth;
  throw new LabError({
    code: "bad-file",
    input: `${name}: heads`,
    expected: `a number in the file's metadata, or a dim that ${headWidth} divides`,
    found: said ?? `a dim of ${dim}`,
  });
}

/** Counts names numbered from 0 without a gap. */
function counted(state: State, nameOf: (index: number) => string): number {
  let count = 0;
  while (state.has(nameOf(count))) count++;
  return count;
}

/**
 * What a network reads and answers: the images' size from the file's metadata (`image: 28x28`), their
 * channels from the first convolution, the classes from the last layer. Where the last layer is
 * missing, building the network reports it.
 */
function inputAndClassesOf(
  state: State,
  name: string,
  metadata: Metadata,
  [first, last]: readonly [string, string],
): ReturnType<typeof inputAndClasses> {
  const classes = state.get(last)?.shape[0];
  if (classes !== undefined && classes < 2) {
    throw new LabError({
      code: "bad-shape",
      input: `${name}: ${last}`,
      expected: "a row for each of two or more classes",
      found: `${classes} rows`,
    });
  }
  const size = sizeOf(name, metadata.get("image") ?? "32x32");
  const channels = state.get(first)?.shape[1] === 1 ? 1 : 3;
  return inputAndClasses({ ...size, channels }, classes ?? 10);
}

function sizeOf(name: string, image: string): Size {
  const [, height, width] = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/.exec(image) ?? [];
  if (height !== undefined && width !== undefined) {
    return { height: Number(height), width: Number(width) };
  }
  throw new LabError({
    code: "bad-file",
    input: `${name}: image`,
    expected: "HEIGHTxWIDTH in the file's metadata, such as 32x32",
    found: image,
  });
}

/** Filters of the first convolution, whose kernel must be 3×3 on one or three channels. */
function firstFilters(state: State, conv: string): number {
  // A kernel without filters fits no network.
  const [found = 1, channels = 0] = state.get(conv)?.shape ?? [];
  const filters = Math.max(1, found);
  // An ImageNet stem is 7×7 and is refused here.
  checkParameter(state, conv, [filters, channels === 1 ? 1 : 3, 3, 3]);
  return filters;
}
