/** The visitor's own networks in words. */
import type { LabErrorCode } from "../../core/errors";
import { isUserModel, type LabModel, type UserLabModel } from "../engine/models";

/** Enough of a hash to tell one file from another by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}

/** Where a file is, and how long it stays there. */
export function keptWords({ stored }: Pick<UserLabModel, "stored">): string {
  return stored
    ? "Kept in this browser until you remove it."
    : "It could not be stored in this browser: it is gone when the page is closed.";
}

/** Options of a picker: the file's name, with its hash where another file has the same name. */
export function optionLabel(model: UserLabModel, all: readonly UserLabModel[]): string {
  const twins = all.filter(({ name }) => name === model.name);
  return twins.length > 1 ? `${model.name} (${shortHash(model.sha256)})` : model.name;
}

/** What a network is called in lists and charts: its id, or its file's name. */
export function modelName(id: string, models: readonly LabModel[]): string {
  const model = models.find((other) => other.id === id);
  if (model) return isUserModel(model) ? optionLabel(model, models.filter(isUserModel)) : id;
  return id.startsWith("sha256:") ? `not here: ${shortHash(id.slice("sha256:".length))}` : id;
}

/** A hostile file's own words may be long enough to fill the page. */
export function inShort(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
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
      return { title: "it could not be examined", advice: `${untouched} Give it again.` };
    default:
      return code satisfies never;
  }
}
