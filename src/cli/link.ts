/** Reads the experiment in a shared address. */
import { LabError } from "../core/errors";
import { quote, readAddress } from "../experiment/address/address";
import type { ModelEntry } from "../experiment/default-pair";
import type { Digest } from "../experiment/address/digest";
import type { Spec } from "../experiment/spec";

/** The experiment that other options start from, with what was found of it where that is known. */
export interface Asked {
  readonly spec: Spec;
  readonly author?: { readonly spec: Spec; readonly digest: Digest; readonly whose: string };
}

/**
 * Reads a shared address. One with an error is refused: a person at a page may look and choose, a
 * script cannot.
 *
 * @throws LabError `bad-input` naming the first thing that cannot be read
 */
export function readLink(link: string, models: readonly ModelEntry[]): Asked {
  const hash = link.indexOf("#");
  const fragment = hash < 0 ? "" : link.slice(hash);
  const { spec, digest, problems } = readAddress(fragment, models);
  const problem = problems[0];
  if (problem) {
    const { parameter, expected, found } = problem;
    throw new LabError({ code: "bad-input", input: `--link: ${parameter}`, expected, found });
  }
  // Without a network the page shows its default pair; a script has to name one.
  if (!/[#&](bottom|top|figure)=/.test(fragment)) {
    const expected = "an address of the page, with its part from # on: #v=3&bottom=…";
    throw new LabError({ code: "bad-input", input: "--link", expected, found: quote(link) });
  }
  return { spec, ...(digest && { author: { spec, digest, whose: "the link’s author" } }) };
}
