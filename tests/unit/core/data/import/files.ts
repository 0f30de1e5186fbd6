/** Files in memory, and what an import makes of them. */
import { deflateRawSync } from "node:zlib";
import { encode } from "fast-png";
import { crc32 } from "../../../../../src/core/data/import/files/crc32";
import {
  fileInMemory,
  type Bytes,
  type ImportFile,
} from "../../../../../src/core/data/import/files/file";
import {
  importImages,
  type ImportOptions,
} from "../../../../../src/core/data/import/import-images";
import { imageSet, type ImageSet } from "../../../../../src/core/data/image-set";
import { imagesIn, type DataManifest, type Split } from "../../../../../src/core/data/manifest";
import type { Shard } from "../../../../../src/core/data/shards";
import { codecs } from "../../../../../src/node/data/codecs";

export interface Imported extends Record<Split, ImageSet> {
  readonly manifest: DataManifest;
  readonly progress: readonly number[];
}

export async function imported(
  files: readonly ImportFile[],
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const shards = new Map<string, Shard>();
  const progress: number[] = [];
  for await (const event of importImages(files, { name: "mine", source: "", codecs, ...options })) {
    if (event.type === "shard") shards.set(event.shard.entry.file, event.shard);
    if (event.type === "progress") progress.push(event.images);
    if (event.type !== "finished") continue;
    const { manifest } = event;
    const setOf = (split: Split): ImageSet => {
      const own = manifest[split].flatMap(({ file }) => shards.get(file) ?? []);
      return imageSet(manifest, own, imagesIn(manifest[split]));
    };
    return { manifest, progress, train: setOf("train"), test: setOf("test") };
  }
  throw new Error("an import without an end");
}

export const file = (path: string, bytes: Iterable<number>): ImportFile =>
  fileInMemory(path, Uint8Array.from(bytes));

/** A PNG of one colour, by default of 2×2 pixels. */
export function png(colour: number, height = 2, width = 2): Bytes {
  const data = new Uint8Array(height * width * 3).fill(colour);
  return new Uint8Array(encode({ width, height, channels: 3, depth: 8, data }));
}

/** Ten images, cats of colour 0 to 4 and dogs of 100 to 104. */
export const catsAndDogs: readonly (readonly [string, Bytes])[] = ["cat", "dog"].flatMap(
  (name, place) =>
    Array.from({ length: 5 }, (_, k) => [`${name}/${k}.png`, png(100 * place + k)] as const),
);

export const asFiles = (entries: readonly (readonly [string, Bytes])[]): ImportFile[] =>
  entries.map(([path, bytes]) => fileInMemory(path, bytes));

export function idx(type: number, shape: readonly number[], values: Iterable<number>): Bytes {
  const header = new Uint8Array(4 + 4 * shape.length);
  header.set([0, 0, type, shape.length]);
  shape.forEach((length, axis) => new DataView(header.buffer).setUint32(4 + 4 * axis, length));
  return joined([header, Uint8Array.from(values)]);
}

export function npy(type: string, shape: readonly number[], values: Uint8Array): Bytes {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")},), }\n`;
  const start = Uint8Array.from([0x93, ...Buffer.from("NUMPY"), 1, 0, text.length, 0]);
  return joined([start, Uint8Array.from(Buffer.from(text)), values]);
}

export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isDeflated?: boolean;
  /** What the directory says of the size. */
  readonly sizeBytes?: number;
}

export function zip(entries: readonly ZipEntry[]): Bytes {
  const files: Bytes[] = [];
  const directory: Bytes[] = [];
  let at = 0;
  for (const { path, bytes, isDeflated = true, sizeBytes = bytes.byteLength } of entries) {
    const name = Uint8Array.from(Buffer.from(path));
    const data = Uint8Array.from(isDeflated ? deflateRawSync(bytes) : bytes);
    const shared = fields([
      [2, 20],
      [2, 0],
      [2, isDeflated ? 8 : 0],
      [4, 0],
      [4, crc32(bytes, 0)],
      [4, data.byteLength],
      [4, sizeBytes],
      [2, name.byteLength],
      [2, 0],
    ]);
    files.push(joined([fields([[4, 0x04034b50]]), shared, name, data]));
    const start = fields([
      [4, 0x02014b50],
      [2, 20],
    ]);
    const end = fields([
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ]);
    directory.push(joined([start, shared, end, name]));
    at += files.at(-1)?.byteLength ?? 0;
  }
  const index = joined(directory);
  const end = fields([
    [4, 0x06054b50],
    [4, 0],
    [2, entries.length],
    [2, entries.length],
    [4, index.byteLength],
    [4, at],
    [2, 0],
  ]);
  return joined([...files, index, end]);
}

export function tar(entries: readonly (readonly [string, Uint8Array])[]): Bytes {
  const blocks = entries.flatMap(([path, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(bytes.byteLength.toString(8).padStart(11, "0"), 124);
    header.write("        0ustar\u000000", 148);
    const sum = header.reduce((before, byte) => before + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const padding = new Uint8Array(-bytes.byteLength & 511);
    return [Uint8Array.from(header), Uint8Array.from(bytes), padding];
  });
  return joined([...blocks, new Uint8Array(1_024)]);
}

/** Little-endian numbers, each with its number of bytes. */
function fields(values: readonly (readonly [2 | 4, number])[]): Bytes {
  return Uint8Array.from(
    values.flatMap(([bytes, value]) =>
      Array.from({ length: bytes }, (_, place) => (value >>> (8 * place)) & 255),
    ),
  );
}

export function joined(parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(Buffer.concat(parts));
}
