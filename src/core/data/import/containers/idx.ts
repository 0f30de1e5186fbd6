/**
 * IDX files, the form of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, the type of the
 * values, the number of axes, their lengths as big-endian 32-bit integers, the values. With gzip
 * around it or without.
 */
import { checkImageShape, sourceOfArrays, type ImageArray, type LabelArray } from "./arrays";
import {
  byteReader,
  readRange,
  refused,
  type ByteReader,
  type Bytes,
  type ImportFile,
} from "../files/file";
import { inflated } from "../files/inflate";
import type { Kind } from "./kind";
import { checkCount, mostArrayBytes } from "../files/limits";
import { splitNamed } from "./names";

export const idx: Kind = {
  name: "IDX files",
  async recognises(files) {
    for (const file of files) if (await isIdx(file)) return true;
    return false;
  },
  async open(files) {
    const images: ImageArray[] = [];
    const labels: LabelArray[] = [];
    for (const file of files) {
      if (!(await isIdx(file))) throw refused(file.path, "an IDX file, as the others", "another");
      const { path } = file;
      const split = splitNamed(path);
      const reader = byteReader(path, contentOf(file));
      try {
        const shape = await readShape(path, reader);
        if (shape.length > 1) {
          checkImageShape(path, shape);
          images.push({ path, split, shape, open: () => opened(file) });
        } else {
          const [count = 0] = shape;
          checkCount(path, count);
          labels.push({ path, split, values: [...(await reader.take(count))] });
          await reader.end();
        }
      } finally {
        await reader.close();
      }
    }
    return sourceOfArrays("IDX files", images, labels);
  },
};

/** Types of values, by their numbers. Labels and pixels are bytes; the others are refused by name. */
const types: Readonly<Record<number, string>> = {
  0x08: "unsigned bytes",
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};

async function isIdx(file: ImportFile): Promise<boolean> {
  if (file.sizeBytes < 4) return false;
  const chunks = contentOf(file);
  try {
    const [zero, second, type = 0, axes = 0] = await byteReader(file.path, chunks).take(4);
    return zero === 0 && second === 0 && type in types && axes >= 1 && axes <= 4;
  } catch {
    // Damaged gzip data may be anything's.
    return false;
  } finally {
    await chunks.return(undefined);
  }
}

/** Yields a file's bytes, decompressed. */
async function* contentOf(file: ImportFile): AsyncGenerator<Bytes> {
  const [first, second] = await readRange(file, 0, Math.min(2, file.sizeBytes));
  const chunks = file.chunks(0, file.sizeBytes);
  const isCompressed = first === 0x1f && second === 0x8b;
  yield* isCompressed ? inflated(file.path, chunks, "gzip", mostArrayBytes) : chunks;
}

async function readShape(path: string, reader: ByteReader): Promise<number[]> {
  const [, , type = 0, axes = 0] = await reader.take(4);
  if (type !== 0x08) throw refused(path, "unsigned bytes", types[type] ?? `type ${type}`);
  const view = new DataView((await reader.take(4 * axes)).slice().buffer);
  return Array.from({ length: axes }, (_, axis) => view.getUint32(4 * axis));
}

/** Starts reading the values. */
async function opened(file: ImportFile): Promise<ByteReader> {
  const reader = byteReader(file.path, contentOf(file));
  await readShape(file.path, reader);
  return reader;
}
