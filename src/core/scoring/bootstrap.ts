/**
 * Bootstrap intervals of a stitching penalty. Efron & Tibshirani 1993, "An Introduction to the
 * Bootstrap", ch. 13: percentiles over resamples of the test images, each with its two answers.
 *
 * A penalty depends on how many images the stitch breaks and how many it mends, and on nothing else:
 * a resample draws those two numbers, which an estimate and its standard error say. So intervals can
 * be had of any report, without its images.
 */
import { seeded, type Generator } from "../random/generator";
import type { Estimate } from "./penalty";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const resamples = 1_000;

/**
 * The middle 95% of the penalties of 1,000 resamples; the same for the same numbers.
 *
 * @param penalty with the standard error of the paired difference
 * @param images that it was measured on
 * @throws RangeError for no images
 */
export function penaltyInterval({ value, standardError }: Estimate, images: number): Interval {
  if (!(images > 0)) throw new RangeError(`images: expected at least one, found ${images}`);
  // Of the differences −1, 0 and 1, the mean and the mean square.
  const meanSquare = images * standardError ** 2 + value ** 2;
  const broken = Math.round((images * (meanSquare + value)) / 2);
  const mended = Math.round((images * (meanSquare - value)) / 2);
  const random = seeded(0);
  const found = Float64Array.from({ length: resamples }, () => {
    const worse = binomial(images, broken / images, random);
    const better = binomial(images - worse, mended / Math.max(1, images - broken), random);
    return (worse - better) / images;
  }).sort();
  return { low: quantile(found, 0.025), high: quantile(found, 0.975) };
}

/** The value below which that share of sorted values lies, interpolated. @param sorted not empty */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [below = NaN, above = below] = sorted.subarray(Math.floor(place), Math.floor(place) + 2);
  return below + (place - Math.floor(place)) * (above - below);
}

/**
 * How many of n trials succeed, by the gaps between successes. Devroye 1986, "Non-Uniform Random
 * Variate Generation", sec. X.4.3.
 */
function binomial(n: number, probability: number, random: Generator): number {
  if (probability > 0.5) return n - binomial(n, 1 - probability, random);
  if (probability <= 0) return 0;
  const scale = 1 / Math.log1p(-probability);
  let successes = -1;
  let trial = 0;
  while (trial <= n) {
    trial += Math.floor(Math.log1p(-random.uniform()) * scale) + 1;
    successes++;
  }
  return successes;
}
