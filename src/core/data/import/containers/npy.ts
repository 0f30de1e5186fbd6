/**
 * NumPy's arrays: `.npy` files, which an `.npz` archive is made of
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
import { byteReader, readRange, refused, type ByteReader, type ImportFile } from "../files/file";
import type { Kind } from "./kind";
import { sourceOfNamed, type IntegerType, type NamedArray } from "./tensors";

export const npy: Kind = {
  name: "an .npz file with images and labels",
  async recognises(files) {
    for (const file of files) if (await isNpy(file)) return true;
    return false;
  },
  async open(files) {
    const arrays: NamedArray[] = [];
    for (const file of files) {
      if (await isNpy(file)) arrays.push(await arrayIn(file));
    }
    return sourceOfNamed("arrays", arrays);
  },
};

const magic = [0x93, ...new TextEncoder().encode("NUMPY")];

async function isNpy(file: ImportFile): Promise<boolean> {
  if (file.sizeBytes < magic.length) return false;
  const start = await readRange(file, 0, magic.length);
  return magic.every((byte, place) => start[place] === byte);
}

async function arrayIn(file: ImportFile): Promise<NamedArray> {
  const { path, sizeBytes } = file;
  const reader = byteReader(path, file.chunks(0, sizeBytes));
  try {
    const { type, shape } = await readHeader(path, reader);
    const open = async (): Promise<ByteReader> => {
      const other = byteReader(path, file.chunks(0, sizeBytes));
      await readHeader(path, other);
      return other;
    };
    return { name: path, path, shape, type, integers: integersOf(type), open };
  } finally {
    await reader.close();
  }
}

/** A header names one type, an order and a shape. */
const mostHeaderBytes = 10_000;

async function readHeader(
  path: string,
  reader: ByteReader,
): Promise<{ type: string; shape: number[] }> {
  const start = await reader.take(8);
  const isLong = (start[6] ?? 0) > 1;
  const length = await reader.take(isLong ? 4 : 2);
  const sizeBytes = length.reduceRight((sum, byte) => 256 * sum + byte, 0);
  if (sizeBytes > mostHeaderBytes) {
    throw refused(path, `a header of at most ${mostHeaderBytes} bytes`, `${sizeBytes} bytes`);
  }
  const text = new TextDecoder("utf-8").decode(await reader.take(sizeBytes));
  const type = /'descr': *'([^']{1,20})'/.exec(text)?.[1];
  const order = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const axes = /'shape': *\(((?:\d{1,15}(?:, *)?)*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || axes === undefined) {
    throw refused(path, "a header with descr, fortran_order and shape", text.slice(0, 80).trim());
  }
  if (order === "True") throw refused(path, "values in C's order", "Fortran's order");
  const shape = axes
    .split(",")
    .filter((axis) => axis.trim() !== "")
    .map(Number);
  return { type, shape };
}

function integersOf(type: string): IntegerType | null {
  const [, order, kind, digit] = /^([<>|=])([iu])([1248])$/.exec(type) ?? [];
  if (digit === undefined) return null;
  const bytes = Number(digit) as IntegerType["bytes"];
  return { bytes, isSigned: kind === "i", isLittleEndian: order !== ">" };
}
