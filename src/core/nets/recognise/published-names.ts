/**
 * Parameter names as authors publish their networks, turned into those that torchvision and timm
 * use: without the names of the modules around the network, such as `module.` (data parallel),
 * `backbone.` (DINO) or `encoder.` (SimCLR).
 */
import { LabError } from "../../errors";
import type { State, StateTensor } from "../../weights/state";

/** A parameter that each network of a kind has, and only once. */
const landmarks = [
  "layer1.0.conv1.weight",
  "blocks.0.attn.qkv.weight",
  "conv_proj.weight",
  "conv4.weight",
] as const;

/** Names of a classifier beside or in the network; the first is torchvision's. */
const classifiers = ["fc", "linear", "classifier", "head.fc"] as const;

/**
 * Returns the parameters of the network in a file, by torchvision's or timm's names. Those of other
 * modules, such as a projection head, are left out where a prefix tells them apart.
 *
 * @param name how errors name the file
 * @throws LabError `bad-file` for a file with several networks
 */
export function plainNames(state: State, name: string): State {
  const landmark = landmarks.find((wanted) => prefixesOf(state, wanted).length > 0);
  if (landmark === undefined) return state;
  const prefixes = prefixesOf(state, landmark);
  const [prefix = ""] = prefixes;
  if (prefixes.length > 1) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "one network, see --prefix of zoo.convert",
      found: `${prefixes.length}: ${prefixes.map((each) => `${each}${landmark}`).join(", ")}`.slice(
        0,
        300,
      ),
    });
  }
  const renamed = new Map<string, StateTensor>();
  for (const [key, tensor] of state) {
    if (key.startsWith(prefix)) renamed.set(aliased(key.slice(prefix.length)), tensor);
  }
  if (landmark !== landmarks[0]) return renamed;
  return withClassifier(renamed, state, prefix, name);
}

/** The prefixes under which a parameter is in the file, each with its dot. */
function prefixesOf(state: State, wanted: string): string[] {
  return [...state.keys()]
    .filter((key) => key === wanted || key.endsWith(`.${wanted}`))
    .map((key) => key.slice(0, key.length - wanted.length));
}

/** What others call torchvision's and timm's parameters, in the order in which it is replaced. */
const aliases: readonly (readonly [RegExp, string])[] = [
  // CIFAR's ResNets often call a block's projection so.
  [/^(layer\d+\.\d+)\.shortcut\./, "$1.downsample."],
  // torchvision's Vision Transformer, whose layers are timm's.
  [/^class_token$/, "cls_token"],
  [/^encoder\.pos_embedding$/, "pos_embed"],
  [/^conv_proj\./, "patch_embed.proj."],
  [/^encoder\.ln\./, "norm."],
  [/^heads\.head\./, "head."],
  [/^encoder\.layers\.encoder_layer_(\d+)\./, "blocks.$1."],
  [/^(blocks\.\d+)\.ln_([12])\./, "$1.norm$2."],
  [/^(blocks\.\d+)\.self_attention\.in_proj_(weight|bias)$/, "$1.attn.qkv.$2"],
  [/^(blocks\.\d+)\.self_attention\.out_proj\./, "$1.attn.proj."],
  // Numbered in a list since version 0.13 of torchvision.
  [/^(blocks\.\d+)\.mlp\.(?:linear_1|0)\./, "$1.mlp.fc1."],
  [/^(blocks\.\d+)\.mlp\.(?:linear_2|3)\./, "$1.mlp.fc2."],
];

function aliased(key: string): string {
  return aliases.reduce((text, [found, to]) => text.replace(found, to), key);
}

/** Adds a ResNet's classifier as `fc`, from within the prefix or from outside of it. */
function withClassifier(
  renamed: ReadonlyMap<string, StateTensor>,
  state: State,
  prefix: string,
  name: string,
): State {
  if (renamed.has("fc.weight")) return renamed;
  const outer = outerPrefixes(prefix);
  const found = classifiers.flatMap((classifier) =>
    outer.map((around) => `${around}${classifier}`).filter((path) => state.has(`${path}.weight`)),
  );
  const [path] = found;
  if (path === undefined) return renamed;
  if (found.length > 1) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "one classifier",
      found: found.join(", "),
    });
  }
  const joined = new Map(renamed);
  for (const field of ["weight", "bias"]) {
    const tensor = state.get(`${path}.${field}`);
    if (!tensor) continue;
    joined.delete(`${path}.${field}`.slice(prefix.length));
    joined.set(`fc.${field}`, tensor);
  }
  return joined;
}

/** "module.encoder." lies in "module.", and that in "". */
function outerPrefixes(prefix: string): string[] {
  const parts = prefix.split(".").slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, outer) =>
    parts
      .slice(0, parts.length - outer)
      .map((part) => `${part}.`)
      .join(""),
  );
}
