/** Small random networks of each kind, for comparing one backend with another. */
import { classesOf, inputOf, tokensOf } from "../../nets/architecture";
import type { ResNetArchitecture, VitArchitecture } from "../../nets/architecture-schema";
import { frozenNetwork, type FrozenNetwork } from "../../nets/network";
import type { Generator } from "../../random/generator";
import type { State, StateTensor } from "../../weights/state";

/**
 * A ResNet with one block per stage.
 *
 * @param width filters in its first stage
 * @returns a network that the caller disposes
 */
export function randomResnet(random: Generator, width: number): FrozenNetwork {
  const { state, add, constant } = builder(random);
  const norm = (name: string, c: number): void => {
    constant(`${name}.weight`, c, 1);
    constant(`${name}.bias`, c, 0);
    constant(`${name}.running_mean`, c, 0);
    constant(`${name}.running_var`, c, 1);
  };
  add("conv1.weight", [width, 3, 3, 3], 27);
  norm("bn1", width);
  let c1 = width;
  for (let stage = 1; stage <= 4; stage++) {
    const c2 = width * 2 ** (stage - 1);
    const block = `layer${stage}.0`;
    add(`${block}.conv1.weight`, [c2, c1, 3, 3], 9 * c1);
    norm(`${block}.bn1`, c2);
    add(`${block}.conv2.weight`, [c2, c2, 3, 3], 9 * c2);
    norm(`${block}.bn2`, c2);
    if (c1 !== c2) {
      add(`${block}.downsample.0.weight`, [c2, c1, 1, 1], c1);
      norm(`${block}.downsample.1`, c2);
    }
    c1 = c2;
  }
  const architecture: ResNetArchitecture = { family: "resnet", blocks: [1, 1, 1, 1], width };
  const classes = classesOf(architecture);
  add("fc.weight", [classes, c1], c1);
  add("fc.bias", [classes], c1);
  return frozenNetwork(state, architecture);
}

/**
 * A Vision Transformer with two blocks and five tokens.
 *
 * @param heads number of heads, each four numbers wide
 * @returns a network that the caller disposes
 */
export function randomTransformer(random: Generator, heads: number): FrozenNetwork {
  const dim = 4 * heads;
  const architecture: VitArchitecture = { family: "vit", dim, depth: 2, heads, patch: 16 };
  const { patch, depth } = architecture;
  const { state, add, constant } = builder(random);
  const linear = (name: string, c1: number, c2: number): void => {
    add(`${name}.weight`, [c2, c1], c1);
    add(`${name}.bias`, [c2], c1);
  };
  const norm = (name: string): void => {
    constant(`${name}.weight`, dim, 1);
    add(`${name}.bias`, [dim], dim);
  };
  const { channels } = inputOf(architecture);
  const pixels = channels * patch ** 2;
  add("patch_embed.proj.weight", [dim, channels, patch, patch], pixels);
  add("patch_embed.proj.bias", [dim], pixels);
  add("cls_token", [1, 1, dim], 3);
  add("pos_embed", [1, tokensOf(architecture), dim], 3);
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`;
    norm(`${name}.norm1`);
    linear(`${name}.attn.qkv`, dim, 3 * dim);
    linear(`${name}.attn.proj`, dim, dim);
    norm(`${name}.norm2`);
    linear(`${name}.mlp.fc1`, dim, 4 * dim);
    linear(`${name}.mlp.fc2`, 4 * dim, dim);
  }
  norm("norm");
  linear("head", dim, classesOf(architecture));
  return frozenNetwork(state, architecture);
}

/** Builds a state parameter by parameter. */
function builder(random: Generator): {
  state: State;
  /** Adds uniform numbers; sums over `fanIn` of them have a variance of about 1. */
  add: (name: string, shape: number[], fanIn: number) => void;
  constant: (name: string, c: number, value: number) => void;
} {
  const state = new Map<string, StateTensor>();
  return {
    state,
    add(name, shape, fanIn) {
      const size = shape.reduce((product, axis) => product * axis, 1);
      state.set(name, { shape, values: uniform(random, size, Math.sqrt(3 / fanIn)) });
    },
    constant(name, c, value) {
      state.set(name, { shape: [c], values: new Float32Array(c).fill(value) });
    },
  };
}

/** Numbers uniform in [-bound, bound). */
export function uniform(random: Generator, size: number, bound: number): Float32Array {
  return Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
}
