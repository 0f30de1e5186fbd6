/**
 * Reads zip archives (PKWARE's APPNOTE 6.3.10), whose directory stands at their end: an entry is
 * found and decompressed alone, so the archive may be larger than memory.
 */
import { crc32 } from "../files/crc32";
import { readRange, refused, type Bytes, type ImportFile } from "../files/file";
import { inflated } from "../files/inflate";
import type { Archive } from "./kind";
import { mostImages } from "../files/limits";

export const zip: Archive = {
  async recognises(file) {
    if (file.sizeBytes < endBytes) return false;
    const view = viewOf(await readRange(file, 0, 4));
    return [localSignature, endSignature].includes(view.getUint32(0, true));
  },
  async filesIn(file) {
    const entries = await readDirectory(file);
    // Entries that share their data make an archive that expands without end.
    const packed = entries.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
    if (packed > file.sizeBytes) {
      throw refused(file.path, "entries that do not overlap", "entries that do");
    }
    return entries.filter(({ path }) => !path.endsWith("/")).map((entry) => fileIn(file, entry));
  },
};

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Where the entry's own header starts. */
  readonly start: number;
}

const localSignature = 0x04034b50;
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;

const localBytes = 30;
const entryBytes = 46;
const endBytes = 22;
const locatorBytes = 20;
const end64Bytes = 56;
const mostCommentBytes = 65_535;
const mostDirectoryBytes = 1 << 29;

/** Stands for a number that is in the 64-bit field. */
const in64 = 0xffff_ffff;

async function readDirectory(file: ImportFile): Promise<Entry[]> {
  const { path } = file;
  const { count, sizeBytes, start } = await findDirectory(file);
  if (count > mostImages) {
    throw refused(path, `at most ${mostImages.toLocaleString("en")} entries`, String(count));
  }
  if (sizeBytes > mostDirectoryBytes || start + sizeBytes > file.sizeBytes) {
    throw refused(path, "a directory inside the file", `${sizeBytes} bytes from ${start} on`);
  }
  const bytes = await readRange(file, start, start + sizeBytes);
  const view = viewOf(bytes);
  const entries: Entry[] = [];
  let at = 0;
  for (let k = 0; k < count; k++) {
    if (at + entryBytes > sizeBytes || view.getUint32(at, true) !== entrySignature) {
      throw refused(path, `${count} entries in its directory`, String(k));
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    ) as [number, number, number];
    const nameEnd = at + entryBytes + nameBytes;
    const name = new TextDecoder("utf-8").decode(bytes.subarray(at + entryBytes, nameEnd));
    const extra = bytes.subarray(nameEnd, nameEnd + extraBytes);
    const [size, packed, offset] = wideNumbers(
      extra,
      [24, 20, 42].map((field) => view.getUint32(at + field, true)),
    );
    entries.push({
      path: name,
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      packedBytes: packed ?? 0,
      sizeBytes: size ?? 0,
      start: offset ?? 0,
    });
    at = nameEnd + extraBytes + commentBytes;
  }
  return entries;
}

/** Finds the end of the directory, after which only a comment may follow. */
async function findDirectory(
  file: ImportFile,
): Promise<{ count: number; sizeBytes: number; start: number }> {
  const { path, sizeBytes: total } = file;
  const from = Math.max(0, total - endBytes - mostCommentBytes - locatorBytes);
  const view = viewOf(await readRange(file, from, total));
  let at = view.byteLength - endBytes;
  while (at >= 0 && view.getUint32(at, true) !== endSignature) at--;
  if (at < 0) throw refused(path, "a whole zip archive", "one without a directory at its end");
  const locator = at - locatorBytes;
  if (locator < 0 || view.getUint32(locator, true) !== locatorSignature) {
    return {
      count: view.getUint16(at + 10, true),
      sizeBytes: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
    };
  }
  const end64 = Number(view.getBigUint64(locator + 8, true));
  if (end64 + end64Bytes > total) throw refused(path, "a directory inside the file", `${end64}`);
  const wide = viewOf(await readRange(file, end64, end64 + end64Bytes));
  if (wide.getUint32(0, true) !== end64Signature) {
    throw refused(path, "a whole zip archive", "one whose directory is not where it says");
  }
  const number = (field: number): number => Number(wide.getBigUint64(field, true));
  return { count: number(32), sizeBytes: number(40), start: number(48) };
}

/** Returns numbers, those that do not fit into 32 bits from the entry's 64-bit field. */
function wideNumbers(extra: Uint8Array, narrow: readonly number[]): number[] {
  const view = viewOf(extra);
  let at = 0;
  while (at + 4 <= extra.byteLength && view.getUint16(at, true) !== 1) {
    at += 4 + view.getUint16(at + 2, true);
  }
  at += 4;
  return narrow.map((value) => {
    if (value !== in64 || at + 8 > extra.byteLength) return value;
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  });
}

function fileIn(archive: ImportFile, entry: Entry): ImportFile {
  const { sizeBytes, method, isEncrypted } = entry;
  const path = entry.path.replaceAll("\\", "/");
  return {
    path,
    sizeBytes,
    async *chunks(start, end) {
      if (isEncrypted) throw refused(path, "a file without a password", "an encrypted one");
      if (method !== 0 && method !== 8) {
        throw refused(path, "a file that is stored or deflated", `method ${method}`);
      }
      const from = await dataStart(archive, entry);
      const packed = archive.chunks(from, from + entry.packedBytes);
      yield* partOf(
        entry,
        method === 0 ? packed : inflated(path, packed, "deflate-raw", sizeBytes),
        start,
        end,
      );
    },
  };
}

/** The entry's own header may have longer fields than the directory says. */
async function dataStart(
  archive: ImportFile,
  { path, start, packedBytes }: Entry,
): Promise<number> {
  if (start + localBytes > archive.sizeBytes) {
    throw refused(path, "a file inside the archive", `one from byte ${start} on`);
  }
  const view = viewOf(await readRange(archive, start, start + localBytes));
  if (view.getUint32(0, true) !== localSignature) {
    throw refused(path, `an entry at byte ${start} of the archive`, "something else");
  }
  const from = start + localBytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + packedBytes > archive.sizeBytes) {
    throw refused(path, `${packedBytes} bytes in the archive`, `${archive.sizeBytes - from}`);
  }
  return from;
}

/** Yields the bytes from `start` to `end`, and checks the size and checksum of a whole file. */
async function* partOf(
  { path, sizeBytes, crc }: Entry,
  chunks: AsyncGenerator<Bytes>,
  start: number,
  end: number,
): AsyncGenerator<Bytes> {
  let at = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    const next = at + chunk.byteLength;
    checksum = crc32(chunk, checksum);
    if (next > start && at < end) yield chunk.subarray(Math.max(0, start - at), end - at);
    at = next;
    // What follows a part is not read.
    if (at >= end && end < sizeBytes) return;
  }
  if (at !== sizeBytes) throw refused(path, `${sizeBytes} bytes, as the archive says`, `${at}`);
  if (checksum !== crc) throw refused(path, "the checksum of the archive", "another");
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
