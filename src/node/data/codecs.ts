/** The WebAssembly of the image decoders, from their packages. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Codecs } from "../../core/data/import/pictures/decode";

const files = {
  jpeg: "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  webp: "@jsquash/webp/codec/dec/webp_dec.wasm",
};

export const codecs: Codecs = async (codec) =>
  new Uint8Array(await readFile(createRequire(import.meta.url).resolve(files[codec])));
