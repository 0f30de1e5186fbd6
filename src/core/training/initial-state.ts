/** The parameters that a ResNet's training starts from. */
import { classesOf, inputOf, type ResNetArchitecture } from "../nets/architecture";
import { resnetBlocks, resnetStem, type NormedConvolution } from "../nets/resnet-blocks";
import { seeded } from "../random/generator";
import type { State, StateTensor } from "../weights/state";

/**
 * Draws them as PyTorch does by default: weights and the classifier's bias uniform within ± 1/√(fan
 * in), He et al. 2015 with a gain of √(1/3); BatchNorm at the identity. Uniform numbers only, which
 * every browser computes to the same bit.
 */
export function initialState(architecture: ResNetArchitecture, seed: number): State {
  const generator = seeded(seed);
  const state = new Map<string, StateTensor>();
  const uniform = (name: string, shape: readonly number[], fanIn: number): void => {
    const bound = 1 / Math.sqrt(fanIn);
    const length = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length }, () => bound * (2 * generator.uniform() - 1));
    state.set(name, { shape, values });
  };
  const constant = (name: string, channels: number, value: number): void => {
    state.set(name, { shape: [channels], values: new Float32Array(channels).fill(value) });
  };
  const convolution = ({ conv, norm, k, c1, c2 }: NormedConvolution): void => {
    uniform(`${conv}.weight`, [c2, c1, k, k], c1 * k * k);
    constant(`${norm}.weight`, c2, 1);
    constant(`${norm}.bias`, c2, 0);
    constant(`${norm}.running_mean`, c2, 0);
    constant(`${norm}.running_var`, c2, 1);
  };
  const blocks = resnetBlocks(architecture);
  convolution(resnetStem(architecture, inputOf(architecture).channels));
  for (const { convolutions, shortcut } of blocks) {
    for (const each of convolutions) convolution(each);
    if (shortcut) convolution(shortcut);
  }
  const features = blocks.at(-1)?.c2 ?? architecture.width;
  const classes = classesOf(architecture);
  uniform("fc.weight", [classes, features], features);
  uniform("fc.bias", [classes], features);
  return state;
}
