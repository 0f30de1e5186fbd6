/**
 * Returns the cases of a test: by day those that represent the others, in `npm run test:nightly`
 * all.
 */
export function casesOf<T>(daily: readonly T[], nightly: readonly T[]): readonly T[] {
  return process.env.STITCH_LAB_NIGHTLY === undefined ? daily : [...daily, ...nightly];
}
