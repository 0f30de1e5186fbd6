/**
 * Seeded random numbers. Everything random in an experiment comes from such a generator: a spec
 * determines its result.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Generator {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform over the integers 0 … limit − 1. */
  below(limit: number): number;
}

/** Returns the generator of a seed and stream; different streams are unrelated. */
export function seeded(seed: number, stream = 0): Generator {
  // Two rounds of an integer hash: neighbouring seeds and streams start far apart.
  const state = xoroshiro128plus(mix(mix(seed) ^ stream));
  return {
    uniform: () => uniformFloat64(state),
    below: (limit) => uniformInt(state, 0, limit - 1),
  };
}

/** Returns 0 … n − 1 in random order (Fisher & Yates). */
export function shuffled(n: number, generator: Generator): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const other = generator.below(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** The finaliser of MurmurHash3, a bijection of 32-bit integers. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/**
 * Returns a source of standard normal numbers, two for every two uniform ones. Box & Muller 1958,
 * "A note on the generation of random normal deviates".
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
