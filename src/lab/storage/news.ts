/** What the browser's storage does not keep or has removed, in words. */
import type { Amount, Obstacle, StorageStatus } from "../../storage/status";
import { size } from "../format/numbers";

interface ObstacleWords {
  readonly title: string;
  /** Why, and what the visitor can do. */
  readonly advice: string;
}

export const obstacleWords = {
  refused: {
    title: "This browser stores nothing for this page",
    advice:
      "Everything works, but results are gone when the page is closed. A window that is not private, or allowing this site to store data, changes that.",
  },
  full: {
    title: "The browser has no room left",
    advice: "Free some space on this device, or download the report before you close the page.",
  },
  "newer-version": {
    title: "Stored results belong to a newer version of Stitch Lab",
    advice:
      "They can be read here, and none of them is changed. New results are gone when the page is closed. Reload the page to get the newer version.",
  },
  blocked: {
    title: "Another tab holds the stored results",
    advice:
      "It shows an older version of Stitch Lab. Close it, then reload this page; until then results are gone when the page is closed.",
  },
  superseded: {
    title: "A newer version of Stitch Lab is open in another tab",
    advice:
      "It has taken the stored results over. Reload this page to share them again; what this page computes until then is gone when it is closed.",
  },
  failed: {
    title: "The browser's storage has stopped working",
    advice: "Download the report before you close the page, then open the page again.",
  },
} as const satisfies Record<Obstacle, ObstacleWords>;

/** What was removed or could not be kept, one sentence each; empty when there is nothing to tell. */
export function happenings({ evicted, unstoredFiles, damaged }: StorageStatus): readonly string[] {
  const { results, checkpoints, assets } = evicted;
  return [
    ...told(
      results,
      ["old result was removed", "it will be computed again when asked for"],
      ["old results were removed", "they will be computed again when asked for"],
    ),
    ...told(
      checkpoints,
      ["unfinished computation was removed", "it will start from its beginning"],
      ["unfinished computations were removed", "they will start from their beginning"],
    ),
    ...told(
      assets,
      ["file of another experiment was removed", "it will be fetched again when needed"],
      ["files of other experiments were removed", "they will be fetched again when needed"],
    ),
    ...(unstoredFiles.count === 0
      ? []
      : [
          `There was no room to keep ${counted(unstoredFiles.count, "file", "files")} (${size(unstoredFiles.sizeBytes)}); the next visit fetches ${unstoredFiles.count === 1 ? "it" : "them"} again.`,
        ]),
    ...(damaged === 0
      ? []
      : [
          `${counted(damaged, "stored entry was damaged and was", "stored entries were damaged and were")} removed; Run makes anew what is missing.`,
        ]),
  ];
}

type Clauses = readonly [what: string, then: string];

function told({ count, sizeBytes }: Amount, one: Clauses, many: Clauses): readonly string[] {
  if (count === 0) return [];
  const [what, then] = count === 1 ? one : many;
  return [`${String(count)} ${what} to make room (${size(sizeBytes)}); ${then}.`];
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** What would be lost with the page; null where nothing would. */
export function unkeptWords({ unstored }: StorageStatus): string | null {
  if (unstored.count === 0) return null;
  return `Held by this page alone: ${size(unstored.sizeBytes)} of results.`;
}
