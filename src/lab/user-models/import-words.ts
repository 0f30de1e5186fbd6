/** The import of a network file in words. */
import type { LabErrorCode } from "../../core/errors";
import type { UserLabModel } from "../engine/models";

/** Where a file is, and how long it stays there. */
export function storageText({ stored }: Pick<UserLabModel, "stored">): string {
  return stored
    ? "Stored in this browser until you remove it."
    : "Not stored: it is lost when you close the page.";
}

interface RefusalWords {
  readonly title: string;
  readonly advice: string;
}

const untouched = "Your selection is unchanged.";

/** Why a file was not taken. */
export function refusalWords(code: LabErrorCode): RefusalWords {
  switch (code) {
    case "hash-mismatch":
      return {
        title: "not the requested file",
        advice: `${untouched} Choose another file.`,
      };
    case "bad-shape":
    case "not-found":
      return {
        title: "unsupported network",
        advice: `${untouched} First tensor that does not fit:`,
      };
    case "bad-file":
      return {
        title: "cannot be used",
        advice: `${untouched} Export it again, or choose another file.`,
      };
    case "bad-input":
    case "network":
    case "storage":
    case "backend":
    case "numerics":
    case "cancelled":
    case "unexpected":
      return { title: "could not be checked", advice: `${untouched} Try again.` };
    default:
      return code satisfies never;
  }
}
