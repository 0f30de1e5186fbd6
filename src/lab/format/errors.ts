/** Errors in words: a title and what to do. */
import type { LabErrorCode } from "../../core/errors";
import type { SiteFailure } from "../../experiment/report";

interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

export const errorWords = {
  network: {
    title: "Could not load a file",
    advice:
      "Check your connection and try again. If that does not help, reload the page. Finished layers are kept.",
  },
  "not-found": {
    title: "File not found",
    advice: "Finished layers are kept.",
  },
  "hash-mismatch": {
    title: "A file is corrupt",
    advice: "It was damaged during the download. Try again.",
  },
  "bad-file": {
    title: "Could not read a file",
    advice: "It may have been damaged during the download. Try again.",
  },
  "bad-shape": {
    title: "A file does not fit the network",
    advice: "The file was not used.",
  },
  "bad-input": {
    title: "This experiment cannot run",
    advice: "Change the setting named below.",
  },
  storage: {
    title: "Browser storage failed",
    advice: "Results may be lost. Free some space or leave private browsing, then try again.",
  },
  backend: {
    title: "The computation failed",
    advice: "Try again or choose another backend. Finished layers are kept.",
  },
  numerics: {
    title: "The computed numbers cannot be used",
    advice: "Try another network, seed or backend.",
  },
  cancelled: {
    title: "Run cancelled",
    advice: "Finished layers are kept.",
  },
  unexpected: {
    title: "An unexpected error occurred",
    advice: "This is a bug. Please report it. Finished layers are kept.",
  },
} as const satisfies Record<LabErrorCode, ErrorWords>;

/** Why a layer has no stitch. */
export function failureText({ reason, step, seed, found }: SiteFailure): string {
  switch (reason) {
    case "diverged":
      return step === null
        ? `Numbers overflow here (${found}), so nothing can be trained.`
        : `Training diverged at step ${step} (${found}); seed ${seed} reproduces it.`;
    case "singular":
      return `The bottom’s representation is constant here (${found}), so nothing can be fitted.`;
    case "no-such-stitch":
      return `This family has no stitch here: ${found}.`;
    default:
      return reason satisfies never;
  }
}
