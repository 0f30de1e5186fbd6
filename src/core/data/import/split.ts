/** Which images are for training and which for testing. */
import { LabError } from "../../errors";
import { seeded, shuffled } from "../../random/generator";
import type { Split } from "../manifest";
import { refused } from "./files/file";
import type { Part } from "./containers/source";

/** Share of the images of a class that are for testing, where the files do not say which. */
const testShare = 0.2;

const seed = 0;

/**
 * Returns the split of each image, by part. Images that the files divide keep their splits; others
 * are divided at random, class by class, in the same way every time.
 *
 * @throws LabError `bad-file` where a split would lack a class
 */
export function splitsOf(parts: readonly Part[], classNames: readonly string[]): Split[][] {
  const [first, second] = parts;
  if (first && !second) return [dividedSplits(first, classNames)];
  checkSameClasses(parts, classNames);
  return parts.map(({ split, count }) => Array<Split>(count).fill(split ?? "train"));
}

function dividedSplits({ path, count, labels }: Part, classNames: readonly string[]): Split[] {
  const splits = Array<Split>(count).fill("train");
  const generator = seeded(seed);
  for (const [place, images] of imagesByClass(count, labels, classNames).entries()) {
    if (images.length < 2) {
      const of = labels ? ` of class ${classNames[place] ?? ""}` : "";
      throw refused(path, `2 images${of} or more, one for testing`, `${images.length}`);
    }
    const tested = Math.max(1, Math.round(testShare * images.length));
    for (const k of shuffled(images.length, generator).subarray(0, tested)) {
      splits[images[k] ?? 0] = "test";
    }
  }
  return splits;
}

function imagesByClass(
  count: number,
  labels: Uint32Array | null,
  classNames: readonly string[],
): number[][] {
  const groups = Array.from({ length: labels ? classNames.length : 1 }, (): number[] => []);
  for (let image = 0; image < count; image++) groups[labels?.[image] ?? 0]?.push(image);
  return groups;
}

/** @throws LabError `bad-input` where one part has images of a class and another has none */
function checkSameClasses(parts: readonly Part[], classNames: readonly string[]): void {
  for (const { path, labels } of parts) {
    if (!labels) continue;
    const present = new Set(labels);
    const missing = classNames.find((_, place) => !present.has(place));
    if (missing === undefined) continue;
    throw new LabError({
      code: "bad-input",
      input: path,
      expected: "images of every class, for training and for testing",
      found: `none of class ${missing}`,
    });
  }
}
