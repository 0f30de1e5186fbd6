/** Recognises a network's architecture by the names and shapes of its parameters. */
import { LabError } from "../../errors";
import type { Metadata } from "../../weights/safetensors";
import { checkParameter, type State } from "../../weights/state";
import { architectureSchema, type Architecture } from "../architecture-schema";
import type { Size } from "../taps";
import { inputAndClassesOf, type FileFacts } from "../input-and-classes";
import { describedResnet, isResnet } from "./resnet";
import { describedVit, isVit } from "./vit";

/**
 * Returns the architecture of a file, which may be a trunk without a head; decodes nothing. Beyond the first layers and the number of
 * classes, only names are checked: `checkParameters` reports a parameter that does not fit.
 *
 * No shape reveals the number of a Vision Transformer's heads. It is `heads` in the file's metadata
 * or, without it, dim / 64: all of timm's standard sizes have heads of 64. The images' size is
 * `image` in the metadata (`224x224`), or what the kind of network usually reads.
 *
 * @param state by torchvision's or timm's names, see `plainNames`
 * @param name how errors name the file
 * @param metadata the file's metadata, see `metadataOf`
 * @param image size of the images that it is to read, whatever the metadata say
 * @throws LabError `bad-file` for an unknown architecture, `bad-shape` naming what does not fit
 */
export function recogniseArchitecture(
  state: State,
  name: string,
  metadata: Metadata = new Map(),
  image?: Size,
): Architecture {
  const found = described(state, { name, metadata, ...(image && { image }) });
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
function described(state: State, facts: FileFacts): Architecture {
  if (isResnet(state)) return describedResnet(state, facts);
  if (state.has("conv4.weight") && state.has("bn4.weight")) {
    const width = firstFilters(state, "conv1.weight");
    const ends = { first: "conv1.weight", last: "fc.weight", usual: 32 };
    return { family: "myrtle", width, ...inputAndClassesOf(state, facts, ends) };
  }
  if (isVit(state)) return describedVit(state, facts);
  throw new LabError({
    code: "bad-file",
    input: facts.name,
    expected:
      "parameters of a ResNet (layer1.0.conv1.weight), of the five-layer CNN (conv4.weight) or of a Vision Transformer (blocks.0.attn.qkv.weight)",
    found: [...state.keys()].slice(0, 3).join(", "),
  });
}

/** Filters of the first convolution, whose kernel must be 3×3 on one or three channels. */
function firstFilters(state: State, conv: string): number {
  // A kernel without filters fits no network.
  const [found = 1, channels = 0] = state.get(conv)?.shape ?? [];
  const filters = Math.max(1, found);
  checkParameter(state, conv, [filters, channels === 1 ? 1 : 3, 3, 3]);
  return filters;
}
