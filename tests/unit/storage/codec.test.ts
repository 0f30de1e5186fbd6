import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decoded, encoded } from "../../../src/storage/codec";
import { sealed, unsealed } from "../../../src/storage/record";

/** Everything that a result or a checkpoint may be made of. */
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, 0, -0, NaN, Infinity, -Infinity, ""),
    fc.double(),
    fc.string({ unit: "grapheme" }),
    fc.float32Array(),
    fc.float64Array(),
    fc.uint8Array(),
    fc.int32Array(),
    fc.uint32Array(),
    fc.array(tie("plain")),
    fc.dictionary(fc.string(), tie("plain"), { noNullPrototype: true }),
  ),
}));

describe("a value as bytes", () => {
  test("comes back equal, down to the sign of zero", () => {
    fc.assert(
      fc.property(plain, (value) => {
        // `toStrictEqual` tells −0 from 0, NaN from undefined, and one typed array from another.
        expect(decoded(encoded(value))).toStrictEqual(value);
      }),
    );
  });

  test("does not depend on the order that properties were set in", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), plain, { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(encoded(turned)).toEqual(encoded(value));
      }),
    );
  });

  test("equals that of a copy if an array is a view of a larger buffer", () => {
    const window = new Float64Array(8).map((_, k) => k).subarray(2, 5);
    expect(decoded(encoded({ window }))).toStrictEqual({ window: Float64Array.of(2, 3, 4) });
  });

  test("leaves out an undefined property, and refuses values that are not plain", () => {
    expect(decoded(encoded({ a: undefined, b: 1 }))).toStrictEqual({ b: 1 });
    for (const odd of [undefined, [undefined], () => 1, new Map(), new Date(0), 1n]) {
      expect(() => encoded(odd)).toThrow("plain values");
    }
  });

  test("that is cut short or followed by more does not decode", () => {
    fc.assert(
      fc.property(plain, fc.nat(), (value, cut) => {
        const bytes = encoded(value);
        expect(() => decoded(bytes.subarray(0, cut % bytes.byteLength))).toThrow(
          "a complete value",
        );
        expect(() => decoded(Uint8Array.of(...bytes, 0))).toThrow("a complete value");
      }),
    );
  });
});

describe("a sealed record", () => {
  test("gives its value back, and the record with the time of its use", () => {
    const record = sealed({ wrong: Uint8Array.of(0, 1) }, 7);
    expect(record.usedAtMs).toBe(7);
    expect(unsealed(record)).toStrictEqual({ value: { wrong: Uint8Array.of(0, 1) }, record });
  });

  test("counts as damaged if any bit differs", () => {
    fc.assert(
      fc.property(plain, fc.nat(), fc.nat(7), (value, at, bit) => {
        const record = sealed(value, 0);
        const place = at % record.bytes.byteLength;
        record.bytes[place] = (record.bytes[place] ?? 0) ^ (1 << bit);
        expect(unsealed(record)).toBeUndefined();
      }),
    );
  });

  test("counts as damaged if it is no record, or its bytes match the hash but do not decode", () => {
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const hollow = { bytes: new Uint8Array(), sha256: empty, sizeBytes: 0, usedAtMs: 0 };
    for (const odd of [undefined, null, "x", {}, hollow]) expect(unsealed(odd)).toBeUndefined();
  });
});
