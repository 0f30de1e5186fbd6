/** Images and labels that come as arrays, from files or as parts of one. */
import type { Split } from "../../manifest";
import { refused, type ByteReader } from "../files/file";
import { checkCount, checkPixels, mostArrayBytes } from "../files/limits";
import type { Part, Source } from "./source";
import type { Picture } from "../pictures/picture";

export interface ImageArray {
  /** What errors call it. */
  readonly path: string;
  readonly split: Split | null;
  /** [n, h, w] or [n, h, w, c] */
  readonly shape: readonly number[];
  /** Starts reading the values, row by row. */
  readonly open: () => Promise<ByteReader>;
}

export interface LabelArray {
  readonly path: string;
  readonly split: Split | null;
  /** [n] */
  readonly values: readonly number[];
}

/** @throws LabError `bad-file` for a shape that images cannot have */
export function checkImageShape(path: string, shape: readonly number[]): void {
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || (channels !== 1 && channels !== 3)) {
    throw refused(path, "[n,h,w], [n,h,w,1] or [n,h,w,3]", `[${shape.join(",")}]`);
  }
  checkCount(path, count);
  checkPixels(path, height, width);
  const sizeBytes = count * height * width * channels;
  if (sizeBytes > mostArrayBytes) {
    const inBytes = (size: number): string => `${size.toLocaleString("en")} bytes`;
    throw refused(path, `at most ${inBytes(mostArrayBytes)}`, inBytes(sizeBytes));
  }
}

/**
 * Joins images with their labels, by the splits that their names speak of.
 *
 * @param input what errors call them together
 * @throws LabError `bad-file` naming what does not fit
 */
export function sourceOfArrays(
  input: string,
  images: readonly ImageArray[],
  labels: readonly LabelArray[],
): Source {
  const [first] = images;
  if (!first) throw refused(input, "images", "none");
  for (const { path, shape } of images) {
    checkImageShape(path, shape);
    const own = imageShape(shape);
    if (own.join() !== imageShape(first.shape).join()) {
      throw refused(path, `images of ${imageShape(first.shape).join("×")}`, own.join("×"));
    }
  }
  checkSplits(images);
  checkSplits(labels);
  if (labels.length > 0 && labels.length !== images.length) {
    const expected = `labels for all ${images.length} arrays of images, or for none`;
    throw refused(input, expected, `${labels.length}`);
  }
  const values = classValues(labels);
  const placeOf = new Map(values.map((value, place) => [value, place]));
  return {
    classNames: values.map(String),
    parts: images.map((array) => partOf(array, labels, placeOf)),
  };
}

function imageShape([, height = 0, width = 0, channels = 1]: readonly number[]): number[] {
  return [height, width, channels];
}

function partOf(
  { path, split, shape, open }: ImageArray,
  labels: readonly LabelArray[],
  placeOf: ReadonlyMap<number, number>,
): Part {
  const [count = 0] = shape;
  const [height = 0, width = 0, channels] = imageShape(shape);
  const own = labels.find((other) => other.split === split);
  if (labels.length > 0 && !own) throw refused(path, "labels of the same split", "none");
  if (own && own.values.length !== count) {
    throw refused(own.path, `${count} labels, as there are images`, `${own.values.length}`);
  }
  return {
    split,
    path,
    count,
    labels: own ? Uint32Array.from(own.values, (value) => placeOf.get(value) ?? 0) : null,
    async *pictures() {
      const reader = await open();
      const form = { height, width, channels: channels === 3 ? 3 : 1 } satisfies Partial<Picture>;
      const imageBytes = height * width * form.channels;
      try {
        for (let k = 0; k < count; k++) yield { ...form, pixels: await reader.take(imageBytes) };
        await reader.end();
      } finally {
        await reader.close();
      }
    },
  };
}

/** @throws LabError `bad-file` unless there is one for each split, or one to be split */
function checkSplits(arrays: readonly (ImageArray | LabelArray)[]): void {
  arrays.forEach(({ path, split }, place) => {
    const other = arrays.slice(0, place).find((before) => [null, split].includes(before.split));
    if (!other && (split !== null || place === 0)) return;
    const expected = "one array for training and one for testing, named so, or one alone";
    throw refused(path, expected, `another, ${arrays[0]?.path ?? ""}`);
  });
}

function classValues(labels: readonly LabelArray[]): number[] {
  for (const { path, values } of labels) {
    const wrong = values.find((value) => !Number.isSafeInteger(value) || value < 0);
    if (wrong !== undefined) throw refused(path, "numbers of classes, from 0", String(wrong));
  }
  return [...new Set(labels.flatMap(({ values }) => values))].sort((a, b) => a - b);
}
