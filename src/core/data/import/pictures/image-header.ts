/** Reads the size of an image before it is decoded: a few bytes may stand for any number of pixels. */
import { refused, type Bytes } from "../files/file";

export interface ImageHeader {
  readonly format: "png" | "jpeg" | "webp";
  readonly height: number;
  readonly width: number;
}

/** @throws LabError `bad-file` for any other file, and for one that ends before its size */
export function imageHeader(path: string, bytes: Bytes): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = pngHeader(view) ?? webpHeader(view) ?? jpegHeader(view);
    if (header) return header;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw refused(path, "a whole image", `one that stops after ${bytes.byteLength} bytes`, thrown);
  }
  const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0"));
  const found = first.length > 0 ? `a file that begins with ${first.join(" ")}` : "an empty file";
  throw refused(path, "a PNG, JPEG or WebP image", found);
}

/** Whether a file begins as a PNG, JPEG or WebP image does. */
export function beginsAsImage(bytes: Bytes): boolean {
  if (bytes.byteLength < 12) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint32(0);
  const isWebp = first === 0x52494646 && view.getUint32(8) === 0x57454250;
  return first === 0x89504e47 || first >>> 8 === 0xffd8ff || isWebp;
}

function pngHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 8 || view.getUint32(0) !== 0x89504e47) return undefined;
  if (view.getUint32(4) !== 0x0d0a1a0a || view.getUint32(12) !== 0x49484452) return undefined;
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

function webpHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 16 || view.getUint32(0) !== 0x52494646) return undefined;
  if (view.getUint32(8) !== 0x57454250) return undefined;
  const format = "webp";
  switch (view.getUint32(12)) {
    // "VP8X"
    case 0x56503858: {
      const at = (place: number): number =>
        1 + view.getUint16(place, true) + 65_536 * view.getUint8(place + 2);
      return { format, width: at(24), height: at(27) };
    }
    // "VP8L": 14 bits each, less 1
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { format, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    // "VP8 "
    case 0x56503820: {
      const at = (place: number): number => view.getUint16(place, true) & 0x3fff;
      return { format, width: at(26), height: at(28) };
    }
    default:
      return undefined;
  }
}

function jpegHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 3 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  for (;;) {
    // Any number of bytes of 255 may stand before a marker.
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { format: "jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + view.getUint16(at + 2);
  }
}
