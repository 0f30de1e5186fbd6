/** What the names of files, arrays and folders say. */
import type { Split } from "../../manifest";

const splitNames: Readonly<Record<string, Split>> = {
  train: "train",
  training: "train",
  test: "test",
  testing: "test",
  t10k: "test",
  val: "test",
  valid: "test",
  validation: "test",
};

/** Returns the words of a file's name: `x_train.npy` has `x`, `train` and `npy`. */
export function wordsOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

/** Returns the split that a name speaks of; null where it speaks of none. */
export function splitNamed(path: string): Split | null {
  for (const word of wordsOf(path)) {
    const split = splitNames[word];
    if (split) return split;
  }
  return null;
}

const testWords = ["test", "testing", "t10k"];
const validationWords = ["val", "valid", "validation"];

/** Returns items without those for validation, where there are others for testing. */
export function withoutSpareSplit<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const has = (item: T, words: readonly string[]): boolean =>
    wordsOf(nameOf(item)).some((word) => words.includes(word));
  if (!items.some((item) => has(item, testWords))) return [...items];
  return items.filter((item) => !has(item, validationWords));
}
