/** Decoding and resizing, against Pillow and torchvision: `python3 -m zoo.fixtures --only images`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../../../../src/core/data/import/pictures/decode";
import { checkFit, fitted, inGrey } from "../../../../../src/core/data/import/pictures/fit";
import * as z from "../../../../../src/core/schema";
import { codecs } from "../../../../../src/node/data/codecs";
import { fixture, fixturesFolder } from "../../../fixtures";

const cases = fixture(
  "images/torchvision",
  z.array(
    z.strictObject({
      file: z.string(),
      height: z.number(),
      width: z.number(),
      shorterSide: z.number(),
      grey: z.boolean(),
      pixels: z.string(),
    }),
  ),
);

const nameOf = ({ file, height, width, grey }: (typeof cases)[number]): string =>
  `${file} at ${height}×${width}${grey ? " in grey" : ""}`;

describe("decoded, resized and cropped as by torchvision, to the byte", () => {
  test.for(cases.map((one) => [nameOf(one), one] as const))("%s", async ([, one]) => {
    const bytes = new Uint8Array(readFileSync(join(fixturesFolder, "images", one.file)));
    const decoded = await decodeImage(one.file, bytes, codecs);
    const picture = fitted(one.grey ? inGrey(decoded) : decoded, one);
    const expected = Buffer.from(one.pixels, "base64");
    expect(picture.pixels.length).toBe(expected.length);
    const differences = picture.pixels.map((byte, k) => Math.abs(byte - (expected[k] ?? 0)));
    expect(Math.max(...differences)).toBe(0);
  });
});

test("a crop larger than the resized image is refused", () => {
  expect(() => checkFit({ height: 224, width: 224, shorterSide: 200 })).toThrow(
    expect.objectContaining({ code: "bad-input", found: "200" }),
  );
});

test("an image as narrow as a line is resized without the part outside the crop", () => {
  const line = {
    height: 1,
    width: 1_000_000,
    channels: 1,
    pixels: new Uint8Array(1_000_000),
  } as const;
  expect(fitted(line, { height: 16, width: 16 }).pixels).toEqual(new Uint8Array(256));
});
