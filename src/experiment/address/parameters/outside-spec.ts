/** What an address says besides the spec: the visitor's backend, and what its author found. */
import { fits, readDigest, siteCounts, writeDigest } from "../digest";
import { backendNames, backendNameSchema } from "../../report";
import type { Parameter } from "./parameter";

export const backendParameter: Parameter = {
  name: "backend",
  write: ({ backend }) => backend,
  read(text, address) {
    const { data: backend } = backendNameSchema.safeParse(text);
    if (backend !== undefined) return { address: { ...address, backend }, problem: null };
    const expected = `one of ${backendNames.join(", ")}`;
    return { address, problem: { expected, instead: "chose automatically" } };
  },
};

/** Read last: it must fit the rest. */
export const digestParameter: Parameter = {
  name: "digest",
  write: ({ digest }) => (digest === undefined ? null : writeDigest(digest)),
  read(text, address, models) {
    const counts = siteCounts(address.spec, models);
    const digest = readDigest(text);
    if (digest !== null && fits(digest, counts)) {
      return { address: { ...address, digest }, problem: null };
    }
    const sites = counts.map((count) => (count === null ? "any number of" : String(count)));
    const expected = `1: and penalties in hundredths of a point, such as 115,-3,x, or 2: and PENALTY.ERROR.CKA, such as 115.12.987,x, at ${sites.join(" and ")} sites`;
    return { address, problem: { expected, instead: "made no comparison" } };
  },
};
