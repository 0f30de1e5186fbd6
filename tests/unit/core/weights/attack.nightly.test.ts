import { testAttack } from "./attack";

/** Other files every night; a failure names the seed, which repeats it. */
const seed = Number(process.env.STITCH_LAB_SEED ?? Date.now() % 2 ** 31);

console.log(`The attack's seed: STITCH_LAB_SEED=${seed}`);
testAttack(seed, 15_000);
