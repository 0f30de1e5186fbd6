/** The memory that a run may use: how host and workers share it, and how many of them it is for. */
import { inputOf } from "../core/nets/architecture";
import type { Architecture } from "../core/nets/architecture-schema";
import { tapsOf } from "../core/nets/taps";
import { representationBytes } from "../core/nets/memory";
import { parametersOf } from "../core/nets/parameters";
import type { SiteGroup } from "../experiment/plan/site-groups";

/** Bytes that a run may use, unless the command line says otherwise. */
export const usualMemoryBytes = 1.5e9;

/** The memory of a run's workers, in bytes. */
export interface WorkerMemory {
  /** Of all together: how many images pass at a time follows from it, on however many workers. */
  readonly runBytes: number;
  /** Of one: how much it keeps follows from it. */
  readonly shareBytes: number;
}

/** The memory of a worker that is alone. */
export const usualMemory: WorkerMemory = {
  runBytes: usualMemoryBytes,
  shareBytes: usualMemoryBytes,
};

/**
 * Bytes of what passes at a time on a CPU, if more than one image: more does not make it faster, and
 * leaves no memory for other workers.
 */
export const passBytes = 100 * 2 ** 20;

/** Bytes that the host needs for a group of sites: its sums, and once more those that arrive. */
export function heldBytes({ sumBytes }: Pick<SiteGroup, "sumBytes">): number {
  return 2 * sumBytes;
}

/** A curve whose images are large, as its memory needs it. */
export interface LargeCurve {
  readonly networks: readonly Architecture[];
  /** Images that a worker reads. */
  readonly images: number;
  readonly groups: readonly Omit<SiteGroup, "sites">[];
}

export interface DividedMemory {
  /** For sums on the host. */
  readonly hostBytes: number;
  readonly workers: number;
  readonly memory: WorkerMemory;
}

/**
 * Divides the memory of a run among host and workers: at least one of them, and all where there is
 * no curve of large images. What the host and all workers together have does not depend on how many
 * workers there are.
 *
 * @param workers most workers at a time
 */
export function dividedMemory(
  memoryBytes: number,
  curves: readonly LargeCurve[],
  workers: number,
): DividedMemory {
  const held = curves.flatMap(({ groups }) => groups.map(heldBytes));
  const all = held.reduce((sum, bytes) => sum + bytes, 0);
  const hostBytes = Math.max(0, ...held, Math.min(all, memoryBytes / 8));
  const runBytes = Math.max(0, memoryBytes - hostBytes);
  const each = Math.max(0, ...curves.map(usefulBytes));
  const fitting = each === 0 ? workers : Math.floor(runBytes / each);
  const started = Math.max(1, Math.min(workers, fitting));
  return { hostBytes, workers: started, memory: { runBytes, shareBytes: runBytes / started } };
}

/**
 * Bytes that a worker needs to be worth starting: both networks, its images, the sums of a group,
 * and what passes at a time.
 */
function usefulBytes({ networks, images, groups }: LargeCurve): number {
  const different = [...new Set(networks)];
  const weights = different.reduce(
    (sum, architecture) => sum + copiesOfWeights * parameterBytes(architecture),
    0,
  );
  const pixels = Math.max(
    0,
    ...different.map(inputOf).map(({ height, width, channels }) => height * width * channels),
  );
  const taps = different.flatMap(tapsOf);
  const image = 4 * taps.reduce((sum, tap) => sum + representationBytes(tap), 0);
  const sums = Math.max(0, ...groups.map((group) => 2 * group.sumBytes + group.largestBytes));
  return weights + images * pixels + sums + Math.max(passBytes, image);
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
