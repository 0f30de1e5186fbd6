/** The memory that a run may use: how it is shared by the workers, and how many of them it is for. */
import { inputOf, tapsOf, type Architecture } from "../core/nets/architecture";
import { representationBytes } from "../core/nets/memory";
import { parametersOf } from "../core/nets/parameters";
import { passesWhole } from "../experiment/protocol";

/** Bytes that all workers of a run share, unless the command line says otherwise. */
export const usualMemoryBytes = 1.5e9;

const mebibyte = 2 ** 20;

/**
 * Bytes that a worker needs to be worth starting: both networks, a few images, the sums of a few
 * sites, and a tenth of a gigabyte for what is kept.
 */
function usefulBytes(architectures: readonly Architecture[]): number {
  const weights = architectures.reduce(
    (sum, architecture) => sum + copiesOfWeights * parameterBytes(architecture),
    0,
  );
  const taps = architectures.flatMap(tapsOf);
  const image = 4 * taps.reduce((sum, tap) => sum + representationBytes(tap), 0);
  return weights + image + 100 * mebibyte;
}

/** Packed for forward passes and for gradients, besides the values themselves. */
const copiesOfWeights = 3;

function parameterBytes(architecture: Architecture): number {
  // The parameters of an ONNX file are not known before it is read: those of 3×3 convolutions.
  const sizes =
    architecture.family === "graph"
      ? tapsOf(architecture).map(({ channels }) => [9, channels, channels])
      : parametersOf(architecture).map(([, shape]) => shape);
  return sizes.reduce(
    (sum, shape) =>
      sum + Float32Array.BYTES_PER_ELEMENT * shape.reduce((size, axis) => size * axis, 1),
    0,
  );
}

/**
 * Returns how many workers a run has memory for: at least one, and all of them for networks whose
 * images are small.
 *
 * @param pairs the networks of each curve
 */
export function workersWithin(
  memoryBytes: number,
  pairs: readonly (readonly Architecture[])[],
  workers: number,
): number {
  const large = pairs.filter((pair) => pair.some((network) => !passesWhole(inputOf(network))));
  const each = Math.max(0, ...large.map((pair) => usefulBytes([...new Set(pair)])));
  return each === 0 ? workers : Math.max(1, Math.min(workers, Math.floor(memoryBytes / each)));
}
