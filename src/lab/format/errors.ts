/** Errors in words: a title and what to do. */
import type { LabErrorCode } from "../../core/errors";
import type { SiteFailure } from "../../experiment/report";

interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

export const errorWords = {
  network: {
    title: "A file could not be fetched",
    advice: "Check the connection, then try again. What was finished is kept.",
  },
  "not-found": {
    title: "A file is missing",
    advice: "It is not where it was looked for. What was finished is kept.",
  },
  "hash-mismatch": {
    title: "A file is not the one it should be",
    advice:
      "It was changed or cut short on its way, so it was not used. Trying again fetches it anew.",
  },
  "bad-file": {
    title: "A file could not be read",
    advice: "It was not used. Trying again fetches it anew.",
  },
  "bad-shape": {
    title: "A file does not fit the network",
    advice: "It was not used.",
  },
  "bad-input": {
    title: "This experiment cannot be done as it is set up",
    advice: "Change what is named below.",
  },
  storage: {
    title: "The browser's storage refused",
    advice: "Results may not be kept. Free some space, or leave private browsing, then try again.",
  },
  backend: {
    title: "The computation stopped",
    advice: "Try again, or choose another backend. What was finished is kept.",
  },
  numerics: {
    title: "The numbers ran away",
    advice: "A value was no longer finite. Another seed or backend may do.",
  },
  cancelled: {
    title: "The run was cancelled",
    advice: "What was finished is kept.",
  },
  unexpected: {
    title: "An unexpected error occurred",
    advice: "This is a defect of the program. Please report it. What was finished is kept.",
  },
} as const satisfies Record<LabErrorCode, ErrorWords>;

/** Why a layer has no stitch. */
export function failureText({ reason, step, seed, found }: SiteFailure): string {
  switch (reason) {
    case "diverged":
      return `Training diverged at step ${String(step)} (${found}); seed ${String(seed)} repeats it.`;
    case "singular":
      return `The bottom’s representation does not vary here (${found}), so nothing can be fitted to it.`;
    case "no-such-stitch":
      return `There is no stitch of this family here: ${found}.`;
    default:
      return reason satisfies never;
  }
}
