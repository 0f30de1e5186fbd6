/** Decodes the package's files into bytes and labels, checking every count. */
import { decode } from "fast-png";
import * as z from "../../core/schema";
import { LabError } from "../../core/errors";
import { cifar10 } from "./source";

const pixelsPerImage = cifar10.height * cifar10.width;

/**
 * One PNG file of images, one image a row.
 *
 * @returns [n, h, w, c] bytes, n = 10,000
 * @throws LabError `bad-file` when it is not a PNG or is cut short, `bad-shape` for another size or
 *   another pixel format
 */
export function decodeImages(file: string, png: Uint8Array): Uint8Array {
  let image;
  try {
    image = decode(png, { checkCrc: true });
  } catch (thrown) {
    throw new LabError(
      {
        code: "bad-file",
        input: file,
        expected: "a whole PNG file",
        found: faultOf(thrown, png),
      },
      { cause: thrown },
    );
  }
  const { width, height, channels, depth, data } = image;
  const found = `${width}×${height}, ${channels} channels of ${depth} bits`;
  const wanted = `${pixelsPerImage}×${cifar10.imagesPerFile}, 3 channels of 8 bits`;
  if (found !== wanted) {
    throw new LabError({ code: "bad-shape", input: file, expected: wanted, found });
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The decoder's own words, but for a short file, where it only says that it read past the end. */
function faultOf(thrown: unknown, png: Uint8Array): string {
  if (thrown instanceof RangeError) return `one that stops after ${png.length} bytes`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * The labels of one split.
 *
 * @returns [n] class indices, 0 to 9
 * @throws LabError `bad-file` when it is not a JSON array of class indices, `bad-shape` when the
 *   number of labels of a class is not CIFAR-10's
 */
export function decodeLabels(file: string, json: string, perClass: number): Uint8Array {
  const schema = z.array(z.int().check(z.minimum(0), z.maximum(cifar10.classes.names.length - 1)));
  let parsed;
  try {
    parsed = schema.safeParse(JSON.parse(json));
  } catch {
    parsed = undefined;
  }
  if (!parsed?.success) {
    throw new LabError({
      code: "bad-file",
      input: file,
      expected: "a JSON array of class indices, 0 to 9",
      found: parsed?.error.issues[0]?.message ?? "text that is not JSON",
    });
  }
  const labels = Uint8Array.from(parsed.data);
  cifar10.classes.names.forEach((name, label) => {
    const count = labels.filter((other) => other === label).length;
    if (count !== perClass) {
      throw new LabError({
        code: "bad-shape",
        input: file,
        expected: `${perClass} images of class ${name}`,
        found: String(count),
      });
    }
  });
  return labels;
}
