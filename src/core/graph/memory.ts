/** Estimates of the memory that a part of a graph needs, from the sizes of its values alone. */
import type { ValueName } from "./graph";
import type { WorkBytes } from "./operators/interface/operator";

/** In bytes; all but the weights are for one image. */
export interface SegmentMemory {
  /** The weights with the copies that kernels pack, for the gradient too. */
  readonly weights: number;
  readonly reads: number;
  readonly gives: number;
  /** The most that `forward` needs at a time, with what it reads and gives. */
  readonly forward: number;
  /** What `trace` leaves until the pullback, with what it gives, without what it reads. */
  readonly kept: number;
  /** The most that `trace` or its pullback needs on top of that. */
  readonly passing: number;
}

/** What a step's memory is estimated from. */
export interface StepMemory {
  readonly inputs: readonly (ValueName | undefined)[];
  readonly output: ValueName;
  /** Of the output for one image. */
  readonly outputBytes: number;
  /** Of the constants that the step reads. */
  readonly weightBytes: number;
  readonly workBytes: WorkBytes;
}

/**
 * Arrays of the size of a weight: the values, the kernel that forward passes read and the one that
 * gradients read. Winograd's are larger, those of most convolutions are not made.
 */
const copiesOfWeights = 3;

/**
 * @param reads bytes of `from` for one image
 * @param lastReads values that each step reads as the last
 * @param kept values that a pullback reads again
 */
export function segmentMemory(
  steps: readonly StepMemory[],
  { from, to, reads }: { readonly from: ValueName; readonly to: ValueName; readonly reads: number },
  lastReads: readonly (readonly ValueName[])[],
  kept: ReadonlySet<ValueName>,
): SegmentMemory {
  const sizes = new Map([[from, reads]]);
  let [forward, live] = [reads, reads];
  let [passing, passingLive] = [0, 0];
  steps.forEach(({ output, outputBytes, workBytes, inputs }, at) => {
    sizes.set(output, outputBytes);
    live += outputBytes;
    forward = Math.max(forward, live + workBytes.forward);
    if (!kept.has(output)) passingLive += outputBytes;
    passing = Math.max(passing, passingLive + workBytes.forward);
    const read = inputs.reduce((sum, name) => sum + (name ? (sizes.get(name) ?? 0) : 0), 0);
    // The gradients of what the step gives and reads, and one that another branch waits for.
    passing = Math.max(passing, outputBytes + 2 * read + workBytes.pullback);
    for (const name of lastReads[at] ?? []) {
      const size = sizes.get(name) ?? 0;
      if (name !== from && name !== to) live -= size;
      if (name !== from && !kept.has(name)) passingLive -= size;
    }
  });
  return {
    weights: copiesOfWeights * steps.reduce((sum, { weightBytes }) => sum + weightBytes, 0),
    reads,
    gives: sizes.get(to) ?? 0,
    forward,
    kept: steps.reduce(
      (sum, { output, outputBytes, workBytes }) =>
        sum + (kept.has(output) ? outputBytes : 0) + (workBytes.kept ?? 0),
      0,
    ),
    passing,
  };
}
