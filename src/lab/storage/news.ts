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
    title: "Browser storage is blocked",
    advice:
      "Everything works, but results are lost when you close the page. Leave private browsing or allow this site to store data.",
  },
  full: {
    title: "Browser storage is full",
    advice: "Free some space, or download the report before you close the page.",
  },
  "newer-version": {
    title: "Stored results are from a newer version of Stitch Lab",
    advice:
      "They are read-only here. New results are lost when you close the page. Reload to get the newer version.",
  },
  blocked: {
    title: "Another tab is blocking storage",
    advice:
      "It runs an older version of Stitch Lab. Close it, then reload this page. Until then results are lost when you close the page.",
  },
  "no-answer": {
    title: "Browser storage is not responding",
    advice:
      "Close other tabs of Stitch Lab, then reload this page. Until then results are lost when you close the page.",
  },
  superseded: {
    title: "A newer version of Stitch Lab is open in another tab",
    advice:
      "It has taken over the stored results. Reload this page to use them. Until then new results are lost when you close the page.",
  },
  failed: {
    title: "Browser storage stopped working",
    advice: "Download the report, then reload the page.",
  },
} as const satisfies Record<Obstacle, ObstacleWords>;

/**
 * What was removed or could not be kept, one sentence each; empty when there is nothing to tell.
 */
export function happenings({ evicted, unstoredFiles, damaged }: StorageStatus): readonly string[] {
  const { results, checkpoints, assets } = evicted;
  return [
    ...removedText(
      results,
      ["old result was removed", "it will be recomputed when needed"],
      ["old results were removed", "they will be recomputed when needed"],
    ),
    ...removedText(
      checkpoints,
      ["unfinished computation was removed", "it will start over"],
      ["unfinished computations were removed", "they will start over"],
    ),
    ...removedText(
      assets,
      ["file of another experiment was removed", "it will be downloaded again when needed"],
      ["files of other experiments were removed", "they will be downloaded again when needed"],
    ),
    ...(unstoredFiles.count === 0
      ? []
      : [
          `No room to store ${counted(unstoredFiles.count, "file", "files")} (${size(unstoredFiles.sizeBytes)}); the next visit downloads ${unstoredFiles.count === 1 ? "it" : "them"} again.`,
        ]),
    ...(damaged === 0
      ? []
      : [
          `${counted(damaged, "damaged entry was", "damaged entries were")} removed; Run recomputes what is missing.`,
        ]),
  ];
}

type Clauses = readonly [what: string, then: string];

function removedText({ count, sizeBytes }: Amount, one: Clauses, many: Clauses): readonly string[] {
  if (count === 0) return [];
  const [what, then] = count === 1 ? one : many;
  return [`${count} ${what} to make room (${size(sizeBytes)}); ${then}.`];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What would be lost with the page; null where nothing would. */
export function unstoredText({ unstored }: StorageStatus): string | null {
  if (unstored.count === 0) return null;
  return `Not stored: ${size(unstored.sizeBytes)} of results.`;
}
