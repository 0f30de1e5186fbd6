/** Reads images and labels from arrays that have names: those of `.npz` and safetensors files. */
import { sourceOfArrays, type LabelArray } from "./arrays";
import { refused, type ByteReader } from "../files/file";
import { checkCount } from "../files/limits";
import { splitNamed, withoutSpareSplit, wordsOf } from "./names";
import type { Source } from "./source";

/** How the whole numbers of an array are stored. */
export interface IntegerType {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly isSigned: boolean;
  readonly isLittleEndian: boolean;
}

export interface NamedArray {
  readonly name: string;
  /** What errors call it. */
  readonly path: string;
  readonly shape: readonly number[];
  /** As the file calls the type of the values. */
  readonly type: string;
  /** Null for other values. */
  readonly integers: IntegerType | null;
  /** Starts reading the values. */
  readonly open: () => Promise<ByteReader>;
}

const imageWords = ["images", "image", "x"];
const labelWords = ["labels", "label", "y", "targets"];
/** Whether an array has the name of images. */
export function namesImages(name: string): boolean {
  return hasWord(name, imageWords);
}

function hasWord(name: string, words: readonly string[]): boolean {
  return wordsOf(name).some((word) => words.includes(word));
}

/**
 * @param input what errors call the file
 * @throws LabError `bad-file` naming the array that does not fit
 */
export async function sourceOfNamed(input: string, given: readonly NamedArray[]): Promise<Source> {
  const arrays = withoutSpareSplit(given, ({ name }) => name);
  const images = arrays.filter(({ name }) => namesImages(name));
  if (images.length === 0) {
    const found = arrays.map(({ name }) => name).slice(0, 5);
    throw refused(input, "arrays named images and labels", found.join(", ") || "none");
  }
  const labels: LabelArray[] = [];
  for (const array of arrays) {
    if (hasWord(array.name, labelWords)) labels.push(await readLabels(array));
  }
  return sourceOfArrays(
    input,
    images.map(({ name, path, shape, type, integers, open }) => {
      if (integers?.bytes !== 1 || integers.isSigned) {
        throw refused(path, "unsigned bytes (uint8)", type);
      }
      return { path, split: splitNamed(name), shape, open };
    }),
    labels,
  );
}

async function readLabels(array: NamedArray): Promise<LabelArray> {
  const { name, path, shape, type, integers, open } = array;
  const [count = 0, columns = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || columns !== 1) {
    throw refused(path, "[n] or [n,1]", `[${shape.join(",")}]`);
  }
  if (!integers) throw refused(path, "whole numbers", type);
  checkCount(path, count);
  const reader = await open();
  try {
    const bytes = await reader.take(count * integers.bytes);
    await reader.end();
    return { path, split: splitNamed(name), values: integersIn(bytes, count, integers) };
  } finally {
    await reader.close();
  }
}

function integersIn(
  { buffer, byteOffset, byteLength }: Uint8Array,
  count: number,
  { bytes, isSigned, isLittleEndian }: IntegerType,
): number[] {
  const view = new DataView(buffer, byteOffset, byteLength);
  const at = (place: number): number => {
    switch (bytes) {
      case 1:
        return isSigned ? view.getInt8(place) : view.getUint8(place);
      case 2:
        return isSigned
          ? view.getInt16(place, isLittleEndian)
          : view.getUint16(place, isLittleEndian);
      case 4:
        return isSigned
          ? view.getInt32(place, isLittleEndian)
          : view.getUint32(place, isLittleEndian);
      case 8:
        return Number(
          isSigned
            ? view.getBigInt64(place, isLittleEndian)
            : view.getBigUint64(place, isLittleEndian),
        );
      default:
        return bytes satisfies never;
    }
  };
  return Array.from({ length: count }, (_, k) => at(k * bytes));
}
