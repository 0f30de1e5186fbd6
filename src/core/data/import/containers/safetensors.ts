/** A safetensors file with `images` and `labels`. */
import { headerLimitBytes, readHeader, type Dtype } from "../../../weights/safetensors";
import { byteReader, readRange, type ImportFile } from "../files/file";
import type { Kind } from "./kind";
import { sourceOfNamed, type IntegerType, type NamedArray } from "./tensors";

export const safetensors: Kind = {
  name: "a safetensors file with images and labels",
  recognises: async ([file, second]) => !!file && !second && (await isSafetensors(file)),
  async open([file]) {
    if (!file) throw new Error("a file was recognised");
    const { path } = file;
    const { entries, bodyStart } = await headerOf(file);
    const arrays = [...entries].map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [start, end],
        },
      ]) => {
        const open = () =>
          Promise.resolve(byteReader(path, file.chunks(bodyStart + start, bodyStart + end)));
        const integers = integerTypes[dtype] ?? null;
        return { name, path: `${path}: ${name}`, shape, type: dtype, integers, open };
      },
    );
    return sourceOfNamed(path, arrays satisfies NamedArray[]);
  },
};

/** Names of the arrays in a safetensors file. */
export async function arrayNames(file: ImportFile): Promise<readonly string[]> {
  return [...(await headerOf(file)).entries.keys()];
}

async function headerOf(file: ImportFile): Promise<ReturnType<typeof readHeader>> {
  const head = await readRange(file, 0, 8 + (await headerBytes(file)));
  return readHeader(head, file.sizeBytes, file.path);
}

const integerTypes: Partial<Record<Dtype, IntegerType>> = {
  U8: { bytes: 1, isSigned: false, isLittleEndian: true },
  U16: { bytes: 2, isSigned: false, isLittleEndian: true },
  U32: { bytes: 4, isSigned: false, isLittleEndian: true },
  U64: { bytes: 8, isSigned: false, isLittleEndian: true },
  I8: { bytes: 1, isSigned: true, isLittleEndian: true },
  I16: { bytes: 2, isSigned: true, isLittleEndian: true },
  I32: { bytes: 4, isSigned: true, isLittleEndian: true },
  I64: { bytes: 8, isSigned: true, isLittleEndian: true },
};

/** Whether a file begins with the length of a header, and the header with a brace. */
async function isSafetensors(file: ImportFile): Promise<boolean> {
  if (file.sizeBytes < 10) return false;
  const [brace] = await readRange(file, 8, 9);
  const most = Math.min(headerLimitBytes, file.sizeBytes - 8);
  return brace === 0x7b && (await headerBytes(file)) <= most;
}

async function headerBytes(file: ImportFile): Promise<number> {
  const bytes = await readRange(file, 0, 8);
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}
