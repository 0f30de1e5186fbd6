import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { fromBfloat16, fromFloat16 } from "../../../../src/core/weights/float16";
import { fixture } from "../../fixtures";

const digests = fixture("float-formats", z.object({ float16: z.string(), bfloat16: z.string() }));
const allPatterns = Uint16Array.from({ length: 2 ** 16 }, (_, pattern) => pattern);

/** SHA-256 of little-endian float32, every NaN as 0x7fc00000. */
function digestOf(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, index) => {
    if (Number.isNaN(value)) bytes.setUint32(4 * index, 0x7fc00000, true);
    else bytes.setFloat32(4 * index, value, true);
  });
  return createHash("sha256").update(bytes).digest("hex");
}

test("all 65,536 binary16 patterns widen as NumPy widens them", () => {
  expect(digestOf(fromFloat16(allPatterns))).toBe(digests.float16);
});

test("all 65,536 bfloat16 patterns widen as PyTorch widens them", () => {
  expect(digestOf(fromBfloat16(allPatterns))).toBe(digests.bfloat16);
});

test("the landmarks of IEEE 754-2008's binary16 have their values", () => {
  const patterns = [0x0001, 0x03ff, 0x0400, 0x3c00, 0x3c01, 0x7bff, 0xc000];
  expect([...fromFloat16(Uint16Array.from(patterns))]).toEqual([
    2 ** -24,
    2 ** -14 - 2 ** -24,
    2 ** -14,
    1,
    1 + 2 ** -10,
    65504,
    -2,
  ]);
});

test("zeros keep their sign, and infinities theirs", () => {
  const [minusZero, infinity, minusInfinity] = fromFloat16(Uint16Array.of(0x8000, 0x7c00, 0xfc00));
  expect(minusZero).toBe(-0);
  expect(infinity).toBe(Infinity);
  expect(minusInfinity).toBe(-Infinity);
});
