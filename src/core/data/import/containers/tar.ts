/**
 * Reads tar archives: POSIX's ustar and pax, and GNU's long names. Each file stands after a header of
 * 512 bytes, so that the headers alone are read to find all files.
 */
import { readRange, refused, type Bytes, type ImportFile } from "../files/file";
import type { Archive } from "./kind";
import { mostImages } from "../files/limits";

const blockBytes = 512;
/** Of a long name or of pax records. */
const mostRecordBytes = 1 << 20;

export const tar: Archive = {
  async recognises(file) {
    if (file.sizeBytes < blockBytes) return false;
    const header = await readRange(file, 0, blockBytes);
    return header[0] !== 0 && hasChecksum(header);
  },
  async filesIn(file) {
    const files: ImportFile[] = [];
    let given: { path?: string; sizeBytes?: number } = {};
    for (let at = 0; at + blockBytes <= file.sizeBytes;) {
      const header = await readRange(file, at, at + blockBytes);
      if (header.every((byte) => byte === 0)) break;
      if (!hasChecksum(header)) {
        throw refused(file.path, `a header of a file at byte ${at}`, "something else");
      }
      const type = String.fromCharCode(header[156] ?? 0);
      const path = given.path ?? pathIn(header);
      const sizeBytes = given.sizeBytes ?? numberIn(header.subarray(124, 136));
      const start = at + blockBytes;
      if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || start + sizeBytes > file.sizeBytes) {
        throw refused(path, "a file inside the archive", `one of ${sizeBytes} bytes at ${start}`);
      }
      if (type === "L" || type === "x") {
        if (sizeBytes > mostRecordBytes) {
          throw refused(path, `at most ${mostRecordBytes} bytes about a file`, `${sizeBytes}`);
        }
        const record = await readRange(file, start, start + sizeBytes);
        given = type === "L" ? { ...given, path: textIn(record) } : { ...given, ...paxOf(record) };
      } else {
        given = {};
        if (type === "0" || type === "\0" || type === "7")
          files.push(within(file, path, start, sizeBytes));
      }
      if (files.length > mostImages) {
        throw refused(file.path, `at most ${mostImages.toLocaleString("en")} files`, "more");
      }
      at = start + Math.ceil(sizeBytes / blockBytes) * blockBytes;
    }
    return files;
  },
};

function within(file: ImportFile, path: string, first: number, sizeBytes: number): ImportFile {
  return {
    path: path.replace(/^(\.\/)+/, ""),
    sizeBytes,
    chunks: (start, end) => file.chunks(first + start, first + end),
  };
}

/** Whether the sum of a header's bytes is the one that it has, with spaces in that place. */
function hasChecksum(header: Bytes): boolean {
  const sum = header.reduce(
    (before, byte, place) => before + (place >= 148 && place < 156 ? 32 : byte),
    0,
  );
  return sum === numberIn(header.subarray(148, 156));
}

/** A number in octal digits or, after a first byte of 128, in binary. */
function numberIn(field: Bytes): number {
  if (field[0] === 128) return field.subarray(1).reduce((sum, byte) => 256 * sum + byte, 0);
  const digits = textIn(field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : NaN;
}

function pathIn(header: Bytes): string {
  const name = textIn(header.subarray(0, 100));
  // GNU's own format has times where ustar has the beginning of a path.
  const isUstar = textIn(header.subarray(257, 263)) === "ustar";
  const prefix = isUstar ? textIn(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Records such as `30 path=a/b.png\n`: a length in all, a name, a value. */
function paxOf(record: Bytes): { path?: string; sizeBytes?: number } {
  const text = new TextDecoder("utf-8").decode(record);
  const path = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1];
  const size = /(?:^|\n)\d+ size=(\d+)\n/.exec(text)?.[1];
  return {
    ...(path !== undefined && { path }),
    ...(size !== undefined && { sizeBytes: Number(size) }),
  };
}

/** The text before the first zero byte. */
function textIn(field: Bytes): string {
  const end = field.indexOf(0);
  return new TextDecoder("utf-8").decode(end < 0 ? field : field.subarray(0, end));
}
