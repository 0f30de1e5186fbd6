/** The seed of the attacks that differ every night. */

/**
 * Returns the seed in STITCH_LAB_SEED, or the time where there is none, and prints it, so that what
 * failed at night can be repeated.
 *
 * @param attack what it is for
 */
export function nightlySeed(attack: string): number {
  const given = Number(process.env.STITCH_LAB_SEED ?? "");
  const seed = Number.isInteger(given) && given > 0 ? given : Date.now() % 2 ** 31;
  console.warn(`${attack}: repeat with STITCH_LAB_SEED=${seed}`);
  return seed;
}
