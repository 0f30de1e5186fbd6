import { afterEach, expect, test, vi } from "vitest";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { frozenNetwork } from "../../../../src/core/nets/network";
import {
  checkFileSize,
  fileLimitBytes,
  parseSafetensors,
} from "../../../../src/core/weights/safetensors";
import { noteArrays } from "./note-arrays";
import { safetensorsFile } from "./safetensors-file";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A file of zeros with these names and shapes, in half floats. */
function fileOf(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  let end = 0;
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const start = end;
    end += shape.reduce((size, axis) => size * axis, 2);
    return [name, { dtype: "F16", shape, data_offsets: [start, end] }] as const;
  });
  return safetensorsFile(Object.fromEntries(entries), new Uint8Array(end));
}

/** Far more than any header here. */
const large = 1_000_000;
const headerBytes = 10_000;

test("a file of another kind of network is refused with nothing decoded", () => {
  const file = fileOf({ "model.embed.weight": [large], "model.head.weight": [large] });
  const noted = noteArrays();
  expect(() => recogniseArchitecture(parseSafetensors(file, "foreign"), "foreign")).toThrow(
    expect.objectContaining({ name: "LabError", code: "bad-file", input: "foreign" }),
  );
  expect(noted.largestBytes).toBeLessThan(headerBytes);
});

test("a file named like a network, with one tensor that does not fit, is refused with nothing decoded", () => {
  const width = Math.ceil(large / 27);
  const file = fileOf({
    "conv1.weight": [width, 3, 3, 3],
    "conv4.weight": [1],
    "bn4.weight": [1],
  });
  const noted = noteArrays();
  const state = parseSafetensors(file, "disguised");
  const architecture = recogniseArchitecture(state, "disguised");
  expect(architecture).toEqual({ family: "myrtle", width });
  expect(() => frozenNetwork(state, architecture)).toThrow(
    expect.objectContaining({ name: "LabError", code: "not-found", input: "bn1.weight" }),
  );
  expect(noted.largestBytes).toBeLessThan(headerBytes);
});

test("of a file only the tensors that are read are decoded", () => {
  const file = fileOf({ read: [3], optimiser: [large] });
  const noted = noteArrays();
  expect(parseSafetensors(file, "file").get("read")?.values).toEqual(new Float32Array(3));
  expect(noted.largestBytes).toBeLessThan(headerBytes);
});

test("a file's values stay as they were read, whatever is done to them", () => {
  const file = fileOf({ a: [2] });
  const state = parseSafetensors(file, "file");
  state.get("a")?.values.fill(7);
  expect(state.get("a")?.values).toEqual(new Float32Array(2));
});

test("a file above the limit is refused, with both sizes", () => {
  expect(() => checkFileSize(fileLimitBytes, "weights")).not.toThrow();
  expect(() => checkFileSize(fileLimitBytes + 1, "weights")).toThrow(
    "weights: expected at most 500,000,000 bytes, found 500,000,001 bytes",
  );
});
