/**
 * Decompresses gzip files and the entries of zip archives, by the decompressor that browsers and
 * Node have. Its output arrives in small chunks, so a file that grows without end is stopped early.
 */
import { LabError } from "../../../errors";
import { refused, type Bytes } from "./file";

/**
 * Yields what the chunks contain.
 *
 * @param path what errors call the chunks' file
 * @param format `deflate-raw` has no checksum of its own
 * @param limitBytes most that may come out
 * @throws LabError `bad-file` for damaged or truncated chunks, and beyond the limit
 */
export async function* inflated(
  path: string,
  chunks: AsyncGenerator<Bytes>,
  format: "gzip" | "deflate" | "deflate-raw",
  limitBytes: number,
): AsyncGenerator<Bytes> {
  const { readable, writable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const feed = async (): Promise<void> => {
    for await (const chunk of chunks) await writer.write(chunk);
    await writer.close();
  };
  const fed = feed();
  // A failure there is seen here too, where it is thrown.
  fed.catch((thrown: unknown) => writer.abort(thrown).catch(() => undefined));
  let sizeBytes = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      sizeBytes += value.byteLength;
      if (sizeBytes > limitBytes) {
        throw refused(path, `at most ${limitBytes} bytes, decompressed`, "more");
      }
      yield value;
    }
    await fed;
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused(path, "whole, compressed data", found, thrown);
  } finally {
    await reader.cancel().catch(() => undefined);
    await writer.abort().catch(() => undefined);
  }
}
