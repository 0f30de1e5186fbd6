/** The import of a network file in words. */
import type { LabErrorCode } from "../../core/errors";
import type { UserLabModel } from "../engine/models";

/** Where a file is, and how long it stays there. */
export function keptWords({ stored }: Pick<UserLabModel, "stored">): string {
  return stored
    ? "Kept in this browser until you remove it."
    : "It could not be stored in this browser: it is gone when the page is closed.";
}

interface RefusalWords {
  readonly title: string;
  readonly advice: string;
}

const untouched = "It was not taken; what you had chosen is as it was.";

/** Why a file was not taken. */
export function refusalWords(code: LabErrorCode): RefusalWords {
  switch (code) {
    case "hash-mismatch":
      return {
        title: "not the file that is asked for",
        advice: `${untouched} Choose the other file.`,
      };
    case "bad-shape":
    case "not-found":
      return {
        title: "not a network of a kind that can be stitched here",
        advice: `${untouched} This is the first tensor that does not fit:`,
      };
    case "bad-file":
      return { title: "not a network that can be read here", advice: untouched };
    case "bad-input":
    case "network":
    case "storage":
    case "backend":
    case "numerics":
    case "cancelled":
    case "unexpected":
      return { title: "it could not be examined", advice: `${untouched} Give it again.` };
    default:
      return code satisfies never;
  }
}
