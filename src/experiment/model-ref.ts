/**
 * How specs and addresses name a network: one of the zoo by its id, a file by its contents, or what
 * can be made again by what it is made of: a trunk with a linear head, or a training from scratch.
 */
import { readingText, splitReading, type Reading } from "../core/onnx/reading";
import { readTrainingRef, trainingPrefix, trainingRef } from "./training/ref";
import type { TrainingSpec } from "./training/spec";

const id = "[a-z0-9-]{1,64}";
const hash = "[0-9a-f]{64}";

/** `side` and `taps`: how an ONNX file is read, see `readingText`. */
const read = String.raw`(?::side=[1-9]\d{0,3})?(?::taps=all)?`;

/** `linear` is the recipe of `core/linear-head`; another recipe gets another name. */
const idOrFiles = new RegExp(
  `^(?:${id}|sha256:${hash}(?::head:${hash}|:linear:(?:${id}|sha256:${hash})|${read}))$`,
);

/** Returns a reference as specs have it, equal ones equal; null for a text that is none. */
export function canonicalModelRef(text: string): string | null {
  if (!text.startsWith(trainingPrefix)) {
    if (!idOrFiles.test(text)) return null;
    const { before, reading } = splitReading(text);
    if (before.includes(":side=")) return null;
    return `${before}${readingText(reading)}`;
  }
  const training = trainingOf(text);
  return training ? trainingRef(training) : null;
}

/** Returns the training that a reference names; undefined for other networks. */
export function trainingOf(ref: string): TrainingSpec | undefined {
  if (!ref.startsWith(trainingPrefix)) return undefined;
  try {
    return readTrainingRef(ref);
  } catch {
    return undefined;
  }
}

/** The linear head of a trunk. */
export type HeadRef =
  /** In a file of its own, by its SHA-256. */
  | { readonly type: "published"; readonly sha256: string }
  /** Fitted to all training images of a data set, as a spec names it. */
  | { readonly type: "fitted"; readonly data: string };

export interface FileRef {
  /** Of the file, or of the trunk's. */
  readonly sha256: string;
  readonly head?: HeadRef;
  /** How an ONNX file is read; absent for the usual. */
  readonly reading?: Reading;
}

/** Returns what a reference says of files; undefined for a network of the zoo. */
export function fileRefOf(ref: string): FileRef | undefined {
  const { before, reading } = splitReading(ref);
  const [, sha256, kind, named] =
    /^sha256:([0-9a-f]{64})(?::(head|linear):(.*))?$/.exec(before) ?? [];
  if (sha256 === undefined) return undefined;
  if (kind === undefined || named === undefined) {
    return { sha256, ...(readingText(reading) !== "" && { reading }) };
  }
  const head: HeadRef =
    kind === "head" ? { type: "published", sha256: named } : { type: "fitted", data: named };
  return { sha256, head };
}

export function modelRefOf({ sha256, head, reading = {} }: FileRef): string {
  if (!head) return `sha256:${sha256}${readingText(reading)}`;
  const named = head.type === "published" ? `head:${head.sha256}` : `linear:${head.data}`;
  return `sha256:${sha256}:${named}`;
}

/** Whether a network has its first weights; a file may be anything. @param models those that are known */
export function isUntrained(
  ref: string,
  models: readonly {
    readonly id: string;
    readonly training?: { readonly kind?: string | undefined };
  }[],
): boolean {
  const model = models.find(({ id }) => id === ref);
  return (
    model?.training?.kind === "untrained" || (!model?.training && trainingOf(ref)?.epochs === 0)
  );
}
