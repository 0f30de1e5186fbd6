/** What only `npm run test:nightly` tests, or tests with other numbers every night. */

/** Whether everything is tested. */
export const isNightly = process.env.STITCH_LAB_NIGHTLY !== undefined;

/**
 * Returns the cases of a test: by day those that represent the others, in `npm run test:nightly`
 * all.
 */
export function casesOf<T>(daily: readonly T[], nightly: readonly T[]): readonly T[] {
  return isNightly ? [...daily, ...nightly] : daily;
}

/**
 * Returns the seed in STITCH_LAB_SEED, or a new one from the time, and prints it first, so that a
 * failure can be repeated.
 *
 * @param attack what the seed is for
 */
export function nightlySeed(attack: string): number {
  const given = Number(process.env.STITCH_LAB_SEED ?? "");
  const seed = Number.isInteger(given) && given > 0 ? given : Date.now() % 2 ** 31;
  console.warn(`${attack}: repeat with STITCH_LAB_SEED=${seed}`);
  return seed;
}
