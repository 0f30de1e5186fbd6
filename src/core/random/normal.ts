/** Gaussian random numbers. */
import type { Generator } from "./generator";

/**
 * Standard normal numbers, two for every two uniform ones. Box & Muller 1958, "A note on the generation of random
 * normal deviates".
 */
export function boxMuller(generator: Generator): () => number {
  let second: number | undefined;
  return () => {
    if (second !== undefined) {
      const kept = second;
      second = undefined;
      return kept;
    }
    // 1 − u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - generator.uniform()));
    const angle = 2 * Math.PI * generator.uniform();
    second = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
