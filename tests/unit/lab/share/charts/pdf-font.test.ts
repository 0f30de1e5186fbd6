import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { trueTypeOf, written } from "../../../../../src/lab/share/charts/pdf-font";

const path = createRequire(import.meta.url).resolve(
  "@fontsource/inter/files/inter-latin-400-normal.woff",
);
const woff = Uint8Array.from(readFileSync(path)).buffer;

test("every table of the font has the checksum that its own directory says", async () => {
  const font = new DataView(await trueTypeOf(woff, "inter.woff"));
  expect(font.getUint32(0)).toBe(0x00010000);
  const count = font.getUint16(4);
  expect(count).toBeGreaterThan(8);
  for (let table = 0; table < count; table++) {
    const at = 12 + 16 * table;
    const [checksum, offset, length] = [4, 8, 12].map((field) => font.getUint32(at + field));
    // "head" holds the whole file's checksum, which its own leaves out.
    const isHead = font.getUint32(at) === 0x68656164;
    let sum = 0;
    for (let byte = 0; byte < (length ?? 0); byte += 4) {
      if (!(isHead && byte === 8)) sum = (sum + font.getUint32((offset ?? 0) + byte)) >>> 0;
    }
    expect(sum).toBe(checksum);
  }
});

test("another file is refused by its name", async () => {
  await expect(trueTypeOf(new ArrayBuffer(100), "a.woff")).rejects.toThrow("a.woff: expected WOFF");
});

test("a letter that the font lacks is a question mark, and an arrow a word", () => {
  expect(written("robust → standard, −1 ± “é” ↑ Ж 😀")).toBe(
    "robust into standard, −1 ± “é” ↑ ? ?",
  );
});
