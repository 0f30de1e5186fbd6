/** The parameters that training starts from. */
import { parametersOf } from "../nets/parameters";
import { seeded, type Generator } from "../random/generator";
import type { State, StateTensor } from "../weights/state";
import type { TrainableArchitecture } from "./recipe";

/** Standard deviation of a Vision Transformer's weights. Dosovitskiy et al.'s code, and timm's. */
const transformerDeviation = 0.02;

/**
 * Draws them in the order of `parametersOf`. Convolutions and the classifier's layer as PyTorch does
 * by default: weights and biases uniform within ± 1/√(fan in), He et al. 2015 with a gain of √(1/3);
 * BatchNorm and LayerNorm at the identity; a Vision Transformer's other weights, class token and
 * positions with a standard deviation of 0.02, its biases 0. Uniform numbers only, which every
 * browser computes to the same bit: timm's are normal, cut off at two units.
 */
export function initialState(architecture: TrainableArchitecture, seed: number): State {
  const generator = seeded(seed);
  const state = new Map<string, StateTensor>();
  const isTransformer = architecture.family === "vit";
  let fanIn = 1;
  for (const [name, shape] of parametersOf(architecture)) {
    const length = shape.reduce((product, size) => product * size, 1);
    const [, ...each] = shape;
    if (each.length > 0) fanIn = each.reduce((product, size) => product * size, 1);
    const bound = 1 / Math.sqrt(fanIn);
    const isWeight = shape.length > 1;
    const isDefault = !isTransformer || name.startsWith("patch_embed");
    const isLayersBias = /^(fc|patch_embed\.proj)\.bias$/.test(name);
    const values =
      isDefault && (isWeight || isLayersBias)
        ? uniform(generator, length, bound)
        : isWeight
          ? uniform(generator, length, Math.sqrt(3) * transformerDeviation)
          : new Float32Array(length).fill(isOne(name, isTransformer) ? 1 : 0);
    state.set(name, { shape, values });
  }
  return state;
}

function uniform(generator: Generator, length: number, bound: number): Float32Array {
  return Float32Array.from({ length }, () => bound * (2 * generator.uniform() - 1));
}

/** Whether a vector is the scale of a norm, or a running variance. */
function isOne(name: string, isTransformer: boolean): boolean {
  return (
    name.endsWith(".running_var") ||
    (name.endsWith(".weight") && (!isTransformer || name.includes("norm")))
  );
}
