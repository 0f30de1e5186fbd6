/** The seed of the tests that draw other cases every night. */

/** Says the seed first: whatever a test does then, `STITCH_LAB_SEED` repeats it. */
export function nightlySeed(): number {
  const seed = Number(process.env.STITCH_LAB_SEED ?? Date.now() % 2 ** 31);
  console.warn(`To repeat this night's cases: STITCH_LAB_SEED=${seed}`);
  return seed;
}
