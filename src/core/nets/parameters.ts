/**
 * The parameters of every architecture, by name and shape: what a file must have, checked before
 * anything of it is decoded.
 */
import { checkParameter, type State } from "../weights/state";
import { classesOf, hasHead, inputOf, lastNorm, mlpExpansion, tokensOf } from "./architecture";
import {
  myrtlePools,
  type Architecture,
  type MyrtleArchitecture,
  type ResNetArchitecture,
  type VitArchitecture,
} from "./architecture-schema";
import { resnetBlocks, resnetStem } from "./resnet-blocks";

type Parameter = readonly [name: string, shape: readonly number[]];

/**
 * Checks that a file has every parameter of an architecture, each in its shape.
 *
 * @throws LabError `not-found` or `bad-shape` naming the first that does not fit
 */
export function checkParameters(state: State, architecture: Architecture): void {
  for (const [name, shape] of parametersOf(architecture)) checkParameter(state, name, shape);
}

/** In the order in which a network is built. */
export function parametersOf(architecture: Architecture): Parameter[] {
  switch (architecture.family) {
    case "resnet":
      return resnetParameters(architecture);
    case "myrtle":
      return myrtleParameters(architecture);
    case "vit":
      return vitParameters(architecture);
    case "graph":
      // Its parameters are constants of the graph, checked when it is read.
      return [];
    default:
      return architecture satisfies never;
  }
}

function resnetParameters(architecture: ResNetArchitecture): Parameter[] {
  const blocks = resnetBlocks(architecture);
  const stem = resnetStem(architecture, inputOf(architecture).channels);
  const all = [
    stem,
    ...blocks.flatMap(({ convolutions, shortcut }) => [
      ...convolutions,
      ...(shortcut ? [shortcut] : []),
    ]),
  ];
  return [
    ...all.flatMap(({ conv, norm, k, c1, c2 }) => convolution(conv, norm, k, c1, c2)),
    ...head("fc", blocks.at(-1)?.c2 ?? stem.c2, architecture),
  ];
}

function myrtleParameters(architecture: MyrtleArchitecture): Parameter[] {
  let c1: number = inputOf(architecture).channels;
  const stages = myrtlePools.flatMap((_, index) => {
    const [from, c2] = [c1, architecture.width * 2 ** index];
    c1 = c2;
    return convolution(`conv${index + 1}`, `bn${index + 1}`, 3, from, c2);
  });
  return [...stages, ...linear("fc", c1, classesOf(architecture))];
}

function vitParameters(architecture: VitArchitecture): Parameter[] {
  const { dim, depth, patch } = architecture;
  const norm = (name: string): Parameter[] => [
    [`${name}.weight`, [dim]],
    [`${name}.bias`, [dim]],
  ];
  const blocks = Array.from({ length: depth }, (_, index): Parameter[] => {
    const name = `blocks.${index}`;
    return [
      ...norm(`${name}.norm1`),
      ...linear(`${name}.attn.qkv`, dim, 3 * dim),
      ...linear(`${name}.attn.proj`, dim, dim),
      ...norm(`${name}.norm2`),
      ...linear(`${name}.mlp.fc1`, dim, mlpExpansion * dim),
      ...linear(`${name}.mlp.fc2`, mlpExpansion * dim, dim),
    ];
  });
  return [
    ["patch_embed.proj.weight", [dim, inputOf(architecture).channels, patch, patch]],
    ["patch_embed.proj.bias", [dim]],
    ["pos_embed", [1, tokensOf(architecture), dim]],
    ["cls_token", [1, 1, dim]],
    ...blocks.flat(),
    ...norm(lastNorm(architecture)),
    ...head("head", dim, architecture),
  ];
}

/** A convolution and the BatchNorm after it. */
function convolution(conv: string, norm: string, k: number, c1: number, c2: number): Parameter[] {
  const fields = ["weight", "bias", "running_mean", "running_var"];
  return [
    [`${conv}.weight`, [c2, c1, k, k]],
    ...fields.map((field): Parameter => [`${norm}.${field}`, [c2]]),
  ];
}

function head(name: string, features: number, architecture: Architecture): Parameter[] {
  return hasHead(architecture) ? linear(name, features, classesOf(architecture)) : [];
}

function linear(name: string, c1: number, c2: number): Parameter[] {
  return [
    [`${name}.weight`, [c2, c1]],
    [`${name}.bias`, [c2]],
  ];
}
