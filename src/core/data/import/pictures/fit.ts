/**
 * Resizes and crops images as torchvision does with Pillow's: `Resize` with antialiasing and bilinear
 * interpolation, then `CenterCrop`. The filter is a triangle as wide as a pixel of the result, at
 * least one pixel; its weights are rounded to 22 bits, and rows are rounded to bytes before columns.
 */
import { LabError } from "../../../errors";
import type { Picture } from "./picture";

export interface Fit {
  readonly height: number;
  readonly width: number;
  /** Length of the shorter side before the crop; by default the image just covers the crop. */
  readonly shorterSide?: number | undefined;
}

/** @throws LabError `bad-input` where nothing would be left of an image outside the crop */
export function checkFit({ height, width, shorterSide }: Fit): void {
  if (shorterSide === undefined || shorterSide >= Math.max(height, width)) return;
  throw new LabError({
    code: "bad-input",
    input: "shorter side before the crop",
    expected: `${Math.max(height, width)} or more, for a crop of ${height}×${width}`,
    found: String(shorterSide),
  });
}

export function fitted(picture: Picture, fit: Fit): Picture {
  const { height, width } = fit;
  const [fullHeight, fullWidth] = resizedTo(picture, fit);
  const { channels } = picture;
  // Only what the crop shows is computed: a narrow image may be resized to any length.
  const columns = weightsOf(picture.width, fullWidth, cropStart(fullWidth, width), width);
  const rows = weightsOf(picture.height, fullHeight, cropStart(fullHeight, height), height);
  const narrow = resampled(picture.pixels, columns, {
    lines: picture.height,
    lineStep: picture.width * channels,
    step: channels,
    channels,
    toLineStep: width * channels,
    toStep: channels,
  });
  const pixels = resampled(narrow, rows, {
    lines: width,
    lineStep: channels,
    step: width * channels,
    channels,
    toLineStep: channels,
    toStep: width * channels,
  });
  return { height, width, channels, pixels };
}

/** Returns the height and width of the whole image, of which the crop is the middle. */
function resizedTo({ height: h, width: w }: Picture, fit: Fit): [number, number] {
  const { height, width, shorterSide } = fit;
  if (shorterSide !== undefined) {
    return h <= w
      ? [shorterSide, Math.trunc((shorterSide * w) / h)]
      : [Math.trunc((shorterSide * h) / w), shorterSide];
  }
  return h * width <= w * height
    ? [height, Math.max(width, Math.trunc((height * w) / h))]
    : [Math.max(height, Math.trunc((width * h) / w)), width];
}

/** Halves go to the even number, as in Python. */
function cropStart(full: number, cropped: number): number {
  const half = (full - cropped) / 2;
  return Number.isInteger(half) ? half : 2 * Math.round(half / 2);
}

interface Weights {
  /** For each place: the first pixel that it is made of. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** [places, most] whole numbers, whose sum is about 2²² */
  readonly values: Int32Array;
  readonly most: number;
}

const precisionBits = 22;

function weightsOf(size: number, resized: number, start: number, places: number): Weights {
  const scale = size / resized;
  const reach = Math.max(1, scale);
  const most = 2 * Math.ceil(reach) + 1;
  const first = new Int32Array(places);
  const count = new Int32Array(places);
  const values = new Int32Array(places * most);
  for (let place = 0; place < places; place++) {
    if (size === resized) {
      first[place] = start + place;
      count[place] = 1;
      values[place * most] = 2 ** precisionBits;
      continue;
    }
    const centre = (start + place + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(size, Math.trunc(centre + reach + 0.5));
    const triangle = Array.from({ length: end - from }, (_, k) =>
      Math.max(0, 1 - Math.abs((from + k - centre + 0.5) / reach)),
    );
    const sum = triangle.reduce((before, value) => before + value, 0);
    triangle.forEach((value, k) => {
      values[place * most + k] = Math.trunc(0.5 + (value / sum) * 2 ** precisionBits);
    });
    first[place] = from;
    count[place] = end - from;
  }
  return { first, count, values, most };
}

interface Layout {
  readonly lines: number;
  readonly channels: number;
  /** From a line to the next, and from a pixel of a line to the next. */
  readonly lineStep: number;
  readonly step: number;
  readonly toLineStep: number;
  readonly toStep: number;
}

function resampled(
  pixels: Uint8Array,
  { first, count, values, most }: Weights,
  { lines, channels, lineStep, step, toLineStep, toStep }: Layout,
): Uint8Array {
  const result = new Uint8Array(lines * channels * first.length);
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < first.length; place++) {
      const start = line * lineStep + (first[place] ?? 0) * step;
      const taken = count[place] ?? 0;
      for (let c = 0; c < channels; c++) {
        let sum = 1 << (precisionBits - 1);
        for (let k = 0; k < taken; k++) {
          sum += (pixels[start + k * step + c] ?? 0) * (values[place * most + k] ?? 0);
        }
        result[line * toLineStep + place * toStep + c] = Math.min(255, sum >> precisionBits);
      }
    }
  }
  return result;
}

/** Returns an image in grey, by Pillow's weights (ITU-R 601-2). */
export function inGrey({ height, width, channels, pixels }: Picture): Picture {
  if (channels === 1) return { height, width, channels, pixels };
  const grey = new Uint8Array(height * width);
  for (let to = 0, from = 0; to < grey.length; to++, from += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[from], pixels[from + 1], pixels[from + 2]];
    grey[to] = (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16;
  }
  return { height, width, channels: 1, pixels: grey };
}
