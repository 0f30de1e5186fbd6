import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestAddress, readAddress } from "../../../src/experiment/address/address";
import { readView } from "../../../src/lab/view/view";
import { isNightly, nightlySeed } from "../nightly";
import {
  claimBounded,
  claimReadable,
  longAddresses,
  models,
  mutatedAddress,
} from "./mutated-addresses";

test("any mutated address gives a spec that can be planned, and a bounded list of problems", () => {
  const cases = isNightly
    ? { numRuns: 20_000, seed: nightlySeed("mutated addresses") }
    : { numRuns: 1_500, seed: 2021 };
  fc.assert(fc.property(mutatedAddress, claimReadable), cases);
});

describe("a long address is read in one pass, and little is said of it", () => {
  // The longest that is read, and one that a browser still opens.
  test.each([longestAddress, 2_000_000])("of %d characters", (length) => {
    for (const hash of longAddresses(length)) {
      claimBounded(readAddress(hash, models).problems);
      claimBounded(readView(hash.replace("#", "?")).problems);
    }
  });

  test("repeated values are quoted a few times, then counted", () => {
    const { problems } = readAddress(`#${"seed=5&".repeat(1_000)}`, models);
    expect(problems).toEqual([
      {
        parameter: "seed",
        found: "5, then 5, then 5, then 997 more",
        expected: "one value",
        instead: "used the first",
      },
    ]);
  });

  test("beyond what is read, one problem says so and the defaults are used", () => {
    const hash = `#seed=5&${"x".repeat(longestAddress)}`;
    const { spec, problems } = readAddress(hash, models);
    expect(problems).toEqual([
      {
        parameter: "the address",
        found: "250,008 characters",
        expected: "at most 250,000",
        instead: "read none of it",
      },
    ]);
    expect(spec).toEqual(readAddress("", models).spec);
    expect(readView(`?hide=run&${"x".repeat(longestAddress)}`)).toMatchObject({
      view: { hidden: null },
      problems: [{ parameter: "the query", instead: "read none of it" }],
    });
  });
});

describe("sites that one of several curves does not have", () => {
  const pair = "v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=glance";
  const shorter = "also=myrtle-w16-s0,myrtle-w16-s1";

  test.each(["sites", "taps"])("are left out and reported, whether as %s", (name) => {
    const { spec, problems } = readAddress(`#${pair}&${name}=0,3,8&${shorter}`, models);
    expect(spec.curves).toHaveLength(2);
    expect(spec.sites).toEqual([0, 3]);
    expect(problems).toEqual([
      {
        parameter: "sites",
        found: "0,3,8",
        expected:
          "site numbers from 0 to 3, which every curve has, in ascending order, each once, such as 0,3",
        instead: "used 0,3",
      },
    ]);
  });

  test("stay where every curve has them", () => {
    const hash = `#${pair}&sites=0,3&${shorter}`;
    expect(readAddress(hash, models)).toMatchObject({ problems: [], spec: { sites: [0, 3] } });
  });
});
