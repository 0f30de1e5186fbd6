/** Recognises a Vision Transformer by timm's parameter names. */
import { LabError } from "../../errors";
import { checkParameter, type State } from "../../weights/state";
import type { VitArchitecture } from "../architecture-schema";
import { counted, headOf, inputAndClassesOf, type FileFacts } from "../input-and-classes";

export function isVit(state: State): boolean {
  return state.has("blocks.0.attn.qkv.weight");
}

/** Matches every parameter name of timm's plain Vision Transformer. */
const vitParameter =
  /^(cls_token|pos_embed|(patch_embed\.proj|norm|fc_norm|head|blocks\.\d+\.(norm[12]|attn\.(qkv|proj)|mlp\.fc[12]))\.(weight|bias))$/;

/**
 * Returns the architecture of a state in which `isVit` holds. The images' side follows from the
 * number of positions, unless the file or the caller says it.
 *
 * @throws LabError `bad-file` or `bad-shape` naming what does not fit
 */
export function describedVit(state: State, facts: FileFacts): VitArchitecture {
  const { name } = facts;
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
  return {
    family: "vit",
    dim,
    depth,
    heads: headsOf(dim, facts),
    patch,
    ...poolOf(state, name),
    ...inputAndClassesOf(state, facts, {
      first: kernel,
      last: "head.weight",
      usual: sideOf(state, patch),
    }),
    ...headOf(state, "head"),
  };
}

/** timm normalises either all tokens or, with mean pooling, their mean. */
function poolOf(state: State, name: string): Pick<VitArchitecture, "pool"> {
  if (!state.has("fc_norm.weight")) return {};
  if (!state.has("norm.weight")) return { pool: "mean" };
  throw new LabError({
    code: "bad-file",
    input: `${name}: fc_norm.weight`,
    expected: "one LayerNorm before the head: norm (class token) or fc_norm (mean pooling)",
    found: "both",
  });
}

/** Numbers in a token, of a state in which `isVit` holds. */
export function vitFeatures(state: State): number {
  return state.get("patch_embed.proj.weight")?.shape[0] ?? 0;
}

/** The side of square images that have as many patches as there are positions; 32 where none fits. */
function sideOf(state: State, patch: number): number {
  const [, positions = 0] = state.get("pos_embed")?.shape ?? [];
  // The class token comes first.
  const side = patch * Math.round(Math.sqrt(Math.max(0, positions - 1)));
  return side >= 1 && side < 10_000 ? side : 32;
}

/** Dosovitskiy et al. 2021, table 1: every size has heads of 64. */
const headWidth = 64;

function headsOf(dim: number, { name, metadata }: FileFacts): number {
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
