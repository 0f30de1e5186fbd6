/** What the names of files, arrays and folders say. */
import type { Split } from "../manifest";

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
