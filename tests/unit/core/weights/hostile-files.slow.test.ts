import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import * as z from "../../../../src/core/schema";
import { LabError } from "../../../../src/core/errors";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { State } from "../../../../src/core/weights/state";
import { hostileFile, soundFile } from "./hostile-files";
import { noteArrays } from "./note-arrays";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The state, or undefined where the file is refused; a defect is thrown on. */
function readOrRefused(file: Uint8Array): State | undefined {
  try {
    return parseSafetensors(file, "hostile");
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === "bad-file") return undefined;
    throw thrown;
  }
}

const offsetsSchema = z.object({ data_offsets: z.tuple([z.int(), z.int()]) });

/** Bytes that the entries of a file that was read claim, and those that there are. */
function claimed(file: Uint8Array): { claimedBytes: number; bodyBytes: number } {
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + headerBytes));
  const entries = Object.entries(JSON.parse(text) as object).filter(
    ([name]) => name !== "__metadata__",
  );
  const offsets = entries.map(([, entry]) => offsetsSchema.parse(entry).data_offsets);
  return {
    claimedBytes: offsets.reduce((sum, [start, end]) => sum + end - start, 0),
    bodyBytes: file.length - 8 - headerBytes,
  };
}

test("files as the reference writes them are read, whatever their tensors are called", () => {
  fc.assert(
    fc.property(soundFile, (file) => {
      // fast-check takes what is returned for the property's outcome.
      expect(readOrRefused(file)).toBeDefined();
    }),
    { numRuns: 500, seed: 1 },
  );
});

test("10,000 hostile files are each read or refused, never anything else, and none makes a large array", () => {
  const counts = { read: 0, refused: 0 };
  const noted = noteArrays();
  fc.assert(
    fc.property(hostileFile, (file) => {
      noted.largestBytes = 0;
      // Half floats grow twofold when they are widened; nothing grows more.
      const checkArrays = (): void => {
        if (noted.largestBytes <= 2 * file.length) return;
        throw new Error(`an array of ${noted.largestBytes} bytes`);
      };
      const state = readOrRefused(file);
      checkArrays();
      if (state === undefined) {
        counts.refused++;
        return;
      }
      counts.read++;
      const { claimedBytes, bodyBytes } = claimed(file);
      // Every byte is one tensor's, and no byte two tensors'.
      if (claimedBytes !== bodyBytes) throw new Error(`${claimedBytes} of ${bodyBytes}`);
      for (const [name, { shape, values }] of state) {
        const size = shape.reduce((product, axis) => product * axis, 1);
        if (size !== values.length) throw new Error(`${name}: ${values.length} values`);
      }
      checkArrays();
    }),
    { numRuns: 10_000, seed: 20_210_614 },
  );
  // The lies are neither harmless nor all alike.
  expect(counts.read).toBeGreaterThan(100);
  expect(counts.refused).toBeGreaterThan(5_000);
});

test("nothing is decoded of a file whose last tensor is unsound", () => {
  const noted = noteArrays();
  const sound = { dtype: "F16", shape: [4_000], data_offsets: [0, 8_000] };
  const beyond = { dtype: "F32", shape: [2 ** 40], data_offsets: [8_000, 8_000 + 2 ** 42] };
  const header = new TextEncoder().encode(JSON.stringify({ sound, beyond }));
  const file = new Uint8Array(8 + header.length + 8_000);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  noted.largestBytes = 0;
  expect(readOrRefused(file)).toBeUndefined();
  expect(noted.largestBytes).toBeLessThan(1_000);
});
