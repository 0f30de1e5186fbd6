/** Decodes PNG. The only place that imports the decoder. */
import { decode, type DecodedPng } from "fast-png";
import { refused, type Bytes } from "../files/file";
import { inflated } from "../files/inflate";
import type { ImageHeader } from "./image-header";
import type { Picture } from "./picture";

/** The chunks that pixels depend on. Others may hold compressed data of any size. */
const wanted = new Set(["IHDR", "PLTE", "IDAT", "IEND"]);

const signatureBytes = 8;
const mostBytesPerPixel = 8;
/** Decompressed data of one byte, at most. */
const mostExpansion = 1_032;
const trustedBytes = 1 << 26;

export async function decodePng(path: string, bytes: Bytes, header: ImageHeader): Promise<Picture> {
  const chunks = chunksIn(path, bytes);
  await checkSize(path, chunks, header);
  const kept = [bytes.subarray(0, signatureBytes), ...chunks.map(({ whole }) => whole)];
  const joined = new Uint8Array(kept.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of kept) {
    joined.set(part, at);
    at += part.byteLength;
  }
  const png = decode(joined, { checkCrc: true });
  return { height: png.height, width: png.width, channels: 3, pixels: rgbOf(path, png) };
}

interface Chunk {
  readonly name: string;
  /** With its length, name and checksum. */
  readonly whole: Bytes;
}

function chunksIn(path: string, bytes: Bytes): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = signatureBytes; at + 12 <= bytes.byteLength;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.byteLength) break;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (wanted.has(name)) chunks.push({ name, whole: bytes.subarray(at, end) });
    if (name === "IEND") return chunks;
    at = end;
  }
  throw refused(path, "a whole PNG image", `one that stops after ${bytes.byteLength} bytes`);
}

/** Checks what the decoder would expand all at once. */
async function checkSize(
  path: string,
  chunks: readonly Chunk[],
  { height, width }: ImageHeader,
): Promise<void> {
  const data = chunks
    .filter(({ name }) => name === "IDAT")
    .map(({ whole }) => whole.subarray(8, -4));
  const packedBytes = data.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (packedBytes * mostExpansion <= trustedBytes) return;
  const limit = mostBytesPerPixel * height * width + 8 * height;
  const pixels = inflated(path, inOrder(data), "deflate", limit);
  // Throws where there are too many.
  while ((await pixels.next()).done !== true);
}

// eslint-disable-next-line @typescript-eslint/require-await -- decompression takes any source
async function* inOrder(parts: readonly Bytes[]): AsyncGenerator<Bytes> {
  yield* parts;
}

function rgbOf(path: string, { height, width, channels, depth, data, palette }: DecodedPng): Bytes {
  const pixels = new Uint8Array(height * width * 3);
  const rowSamples = width * channels;
  // Rows of small samples end at a whole byte.
  const rowLength = depth < 8 ? Math.ceil((rowSamples * depth) / 8) : rowSamples;
  const top = 2 ** Math.min(depth, 8) - 1;
  const sample = (row: number, k: number): number => {
    if (depth === 16) return (data[row * rowLength + k] ?? 0) >> 8;
    if (depth === 8) return data[row * rowLength + k] ?? 0;
    const bit = k * depth;
    return ((data[row * rowLength + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & top;
  };
  let to = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = column * channels;
      for (let c = 0; c < 3; c++) {
        if (palette) {
          const colour = palette[sample(row, column)];
          if (!colour) throw refused(path, `a colour below ${palette.length}`, "a higher one");
          pixels[to++] = colour[c] ?? 0;
        } else {
          pixels[to++] = (sample(row, from + (channels < 3 ? 0 : c)) * 255) / top;
        }
      }
    }
  }
  return pixels;
}
