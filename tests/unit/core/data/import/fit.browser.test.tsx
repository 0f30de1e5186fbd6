/** In a browser, images become the same bytes as in Node: those of torchvision. */
import jpegUrl from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url";
import webpUrl from "@jsquash/webp/codec/dec/webp_dec.wasm?url";
import { expect, test } from "vitest";
import { decodeImage } from "../../../../../src/core/data/import/pictures/decode";
import { fitted, inGrey } from "../../../../../src/core/data/import/pictures/fit";
import cases from "../../../../fixtures/images/torchvision.json";

const urls = import.meta.glob<string>("../../../../fixtures/images/*.{png,jpg,webp}", {
  query: "?url",
  import: "default",
  eager: true,
});

const bytesAt = async (url = ""): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

test.for(cases.map((one) => [`${one.file} at ${one.height}×${one.width}`, one] as const))(
  "%s",
  async ([, one]) => {
    const bytes = await bytesAt(urls[`../../../../fixtures/images/${one.file}`]);
    const codecs = (codec: "jpeg" | "webp") => bytesAt(codec === "jpeg" ? jpegUrl : webpUrl);
    const decoded = await decodeImage(one.file, bytes, codecs);
    const { pixels } = fitted(one.grey ? inGrey(decoded) : decoded, one);
    expect([...pixels]).toEqual(Array.from(atob(one.pixels), (byte) => byte.charCodeAt(0)));
  },
);
