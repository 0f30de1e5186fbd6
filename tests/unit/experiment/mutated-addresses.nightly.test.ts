import fc from "fast-check";
import { test } from "vitest";
import { nightlySeed } from "../nightly";
import { claimReadable, mutatedAddress } from "./mutated-addresses";

test("thousands of mutated addresses, others every night, are read, planned and written back", () => {
  fc.assert(fc.property(mutatedAddress, claimReadable), {
    numRuns: 20_000,
    seed: nightlySeed("mutated addresses"),
  });
});
