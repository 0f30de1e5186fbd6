/**
 * Decodes images to red, green and blue, as Pillow's `convert("RGB")` does: transparency and the
 * camera's orientation are left out. JPEG and WebP are decoded by the libraries that Pillow has too,
 * as WebAssembly; the only place that imports them.
 */
import decodeJpeg, { init as startJpeg } from "@jsquash/jpeg/decode.js";
import decodeWebp, { init as startWebp } from "@jsquash/webp/decode.js";
import { LabError } from "../../../errors";
import { refused, type Bytes } from "../files/file";
import { imageHeader } from "./image-header";
import { checkPixels } from "../files/limits";
import { decodePng } from "./png";
import type { Picture } from "./picture";

/** Returns the WebAssembly code of a decoder. */
export type Codecs = (codec: "jpeg" | "webp") => Promise<Bytes>;

/** @throws LabError `bad-file` naming the file and what is wrong with it */
export async function decodeImage(path: string, bytes: Bytes, codecs: Codecs): Promise<Picture> {
  const header = imageHeader(path, bytes);
  const { format, height, width } = header;
  checkPixels(path, height, width);
  let picture: Picture;
  try {
    picture =
      format === "png"
        ? await decodePng(path, bytes, header)
        : await decodeByWasm(format, bytes, codecs);
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused(path, `a whole ${format} image`, found, thrown);
  }
  if (picture.height === height && picture.width === width) return picture;
  const found = `${picture.height}×${picture.width}`;
  throw refused(path, `${height}×${width} pixels, as its header says`, found);
}

interface Decoder {
  readonly start: (options: object) => Promise<void>;
  readonly decode: (bytes: ArrayBuffer) => Promise<{
    readonly height: number;
    readonly width: number;
    /** Red, green, blue and opacity. */
    readonly data: Uint8ClampedArray;
  }>;
}

const decoders: Readonly<Record<"jpeg" | "webp", Decoder>> = {
  jpeg: { start: startJpeg, decode: decodeJpeg },
  webp: { start: startWebp, decode: decodeWebp },
};

/** What a decoder printed since it was given an image. */
let printed: string[] = [];
const started = new Set<keyof typeof decoders>();

async function decodeByWasm(
  format: keyof typeof decoders,
  bytes: Bytes,
  codecs: Codecs,
): Promise<Picture> {
  const { start, decode } = decoders[format];
  if (!started.has(format)) {
    const module = new WebAssembly.Module(await codecs(format));
    const options = {
      instantiateWasm(imports: object, receive: (instance: WebAssembly.Instance) => void) {
        const instance = new WebAssembly.Instance(module, imports as Record<string, never>);
        receive(instance);
        return instance.exports;
      },
      printErr: (line: string) => printed.push(line),
    };
    await start(options);
    started.add(format);
  }
  printed = [];
  try {
    const { height, width, data } = await decode(bytes.slice().buffer);
    // A decoder of JPEG fills what is missing with grey. Other warnings concern no pixel.
    if (printed.some((line) => /premature end/i.test(line))) throw new Error("a truncated one");
    return { height, width, channels: 3, pixels: withoutAlpha(data) };
  } catch (thrown) {
    // After damaged data it may be in any state.
    started.delete(format);
    throw printed.length > 0 ? new Error(printed.at(-1), { cause: thrown }) : thrown;
  }
}

function withoutAlpha(data: Uint8ClampedArray): Bytes {
  const pixels = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    pixels[to++] = data[from] ?? 0;
    pixels[to++] = data[from + 1] ?? 0;
    pixels[to++] = data[from + 2] ?? 0;
  }
  return pixels;
}
