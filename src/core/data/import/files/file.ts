/** Files that somebody gives, read in order: one of them may be larger than memory. */
import { LabError } from "../../../errors";

export type Bytes = Uint8Array<ArrayBuffer>;

export interface ImportFile {
  /** Relative to the folder given, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  /**
   * Yields the bytes from `start` up to, but not including, `end`.
   *
   * Throws LabError `bad-file` where the file ends before, or is damaged.
   */
  readonly chunks: (start: number, end: number) => AsyncGenerator<Bytes>;
}

const chunkBytes = 1 << 20;

/**
 * Returns a file that can be read at any place.
 *
 * @param read returns the bytes from `start` up to, but not including, `end`
 */
export function fileOf(
  path: string,
  sizeBytes: number,
  read: (start: number, end: number) => Promise<Bytes>,
): ImportFile {
  return {
    path,
    sizeBytes,
    async *chunks(start, end) {
      for (let from = start; from < end; from += chunkBytes) {
        const to = Math.min(from + chunkBytes, end);
        const chunk = await read(from, to);
        if (chunk.byteLength !== to - from) {
          const found = `one that stops after ${from + chunk.byteLength}`;
          throw refused(path, `${end} bytes`, found);
        }
        yield chunk;
      }
    },
  };
}

/** Returns a file whose bytes are in memory. */
export function fileInMemory(path: string, bytes: Bytes): ImportFile {
  return fileOf(path, bytes.byteLength, (start, end) =>
    Promise.resolve(bytes.subarray(start, end)),
  );
}

/** Returns a part of a file in one array. */
export async function readRange(file: ImportFile, start: number, end: number): Promise<Bytes> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  for await (const chunk of file.chunks(start, end)) {
    bytes.set(chunk, filled);
    filled += chunk.byteLength;
  }
  return bytes;
}

/** Takes bytes from chunks, as many at a time as are asked for. */
export interface ByteReader {
  /** @throws LabError `bad-file` where fewer are left */
  take(count: number): Promise<Bytes>;
  /** @throws LabError `bad-file` where something is left */
  end(): Promise<void>;
  /** Stops reading. */
  close(): Promise<void>;
}

/** @param path what errors call the file */
export function byteReader(path: string, chunks: AsyncGenerator<Bytes>): ByteReader {
  let rest: Bytes = new Uint8Array();
  let taken = 0;
  const next = async (): Promise<boolean> => {
    const result = await chunks.next();
    if (result.done === true) return false;
    rest = result.value;
    return true;
  };
  return {
    async take(count) {
      const bytes = rest.byteLength < count ? new Uint8Array(count) : rest.subarray(0, count);
      let filled = Math.min(count, rest.byteLength);
      if (filled < count) bytes.set(rest);
      rest = rest.subarray(filled);
      while (filled < count) {
        if (!(await next())) {
          const found = `one that stops after ${taken + filled}`;
          throw refused(path, `at least ${taken + count} bytes`, found);
        }
        const part = rest.subarray(0, count - filled);
        bytes.set(part, filled);
        filled += part.byteLength;
        rest = rest.subarray(part.byteLength);
      }
      taken += count;
      return bytes;
    },
    async end() {
      while (rest.byteLength === 0) if (!(await next())) return;
      throw refused(path, `${taken} bytes`, "more");
    },
    async close() {
      await chunks.return(undefined);
    },
  };
}

/** Returns the error for a file that is not as it should be. */
export function refused(input: string, expected: string, found: string, cause?: unknown): LabError {
  return new LabError({ code: "bad-file", input, expected, found }, { cause });
}
