/** Weights of ONNX networks in files of their own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readNetworkFile } from "../../../../src/core/nets/network-file";
import { externalNames, withWeightsInside } from "../../../../src/core/onnx/external-weights";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { fixturesFolder } from "../../fixtures";
import { externalised, type Place } from "./written-onnx";

const whole = new Uint8Array(readFileSync(join(fixturesFolder, "onnx/resnet18.onnx")));
const name = "net.onnx";
const location = "net.onnx.data";
const { onnx, data } = externalised(whole, location);
const enough = 10_000_000;

const inside = (bytes: Uint8Array, files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  withWeightsInside(bytes, name, new Map(Object.entries(files)), enough);

/** The file with its first tensor said to be elsewhere. */
function misplaced(change: (place: Place) => Place): Uint8Array {
  let isFirst = true;
  return externalised(whole, location, (place) => {
    const changed = isFirst ? change(place) : place;
    isFirst = false;
    return changed;
  }).onnx;
}

test("a network with its weights in another file is the network with its weights inside", () => {
  expect(onnx.byteLength).toBeLessThan(whole.byteLength / 4);
  expect(externalNames(onnx, name)).toEqual([location]);
  const joined = inside(onnx, { [location]: data });
  expect(externalNames(joined, name)).toEqual([]);
  const [found, expected] = [joined, whole].map((bytes) => readNetworkFile(bytes, name));
  expect(found).toEqual(expected);
});

test("the network is named by a hash over both files", () => {
  const hashOf = (bytes: Uint8Array): string => sha256Hex(inside(onnx, { [location]: bytes }));
  expect(hashOf(data)).toBe(hashOf(data.slice()));
  expect(hashOf(data.map((byte, at) => (at === data.length - 1 ? byte ^ 1 : byte)))).not.toBe(
    hashOf(data),
  );
});

test("a file with all its weights inside is taken as it is", () => {
  expect(externalNames(whole, name)).toEqual([]);
  expect(inside(whole, {})).toBe(whole);
});

test("an offset or a length that is left out is 0 and all the rest", () => {
  const bare = externalised(whole, location, ({ location: only = "" }, tensor) => ({
    location: `${only}-${tensor}`,
  }));
  const files = Object.fromEntries(
    externalNames(bare.onnx, name).map((file, at) => [file, partOf(at)]),
  );
  expect(readNetworkFile(inside(bare.onnx, files), name)).toEqual(readNetworkFile(whole, name));
});

/** The bytes of the tensor with that number. */
function partOf(wanted: number): Uint8Array {
  const places: Place[] = [];
  externalised(whole, location, (place) => {
    places.push(place);
    return place;
  });
  const { offset, length } = places[wanted] ?? {};
  return data.subarray(Number(offset), Number(offset) + Number(length));
}

test("without its weights a network is refused, naming the file that they are in", () => {
  const refusal = {
    name: "LabError",
    code: "bad-file",
    input: expect.stringContaining("net.onnx: ") as string,
    expected: "the file net.onnx.data, given together with the network",
  };
  expect(() => inside(onnx, { "other.data": data })).toThrow(expect.objectContaining(refusal));
  expect(() => readNetworkFile(onnx, name)).toThrow(expect.objectContaining(refusal));
});

test.each<[string, Uint8Array, Uint8Array, string]>([
  [
    "a file that is too short",
    onnx,
    data.subarray(0, -1),
    `a part of net.onnx.data, which has ${data.byteLength - 1} bytes`,
  ],
  ["an empty file", onnx, new Uint8Array(), "a part of net.onnx.data, which has 0 bytes"],
  [
    "an offset behind the end",
    misplaced((place) => ({ ...place, offset: String(data.byteLength + 1) })),
    data,
    "a part of net.onnx.data, which has",
  ],
  [
    "a negative offset",
    misplaced((place) => ({ ...place, offset: "-4" })),
    data,
    "a part of net.onnx.data, which has",
  ],
  [
    "an offset that is no number",
    misplaced((place) => ({ ...place, offset: "1e3" })),
    data,
    "a part of net.onnx.data, which has",
  ],
  [
    "a length that does not fill the tensor",
    misplaced((place) => ({ ...place, length: "4" })),
    data,
    "bytes for [",
  ],
  [
    "a length beyond what numbers can say",
    misplaced((place) => ({ ...place, length: "9".repeat(400) })),
    data,
    "a part of net.onnx.data, which has",
  ],
])("%s is refused by the tensor's name", (_, file, weights, expected) => {
  expect(() => inside(file, { [location]: weights })).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-file",
      input: expect.stringMatching(/^net\.onnx: ./) as string,
      expected: expect.stringContaining(expected) as string,
    }),
  );
});

test.each([
  "../secret",
  "a/../../secret",
  "/etc/passwd",
  "C:\\secret",
  "a\\..\\..\\secret",
  "",
  ".",
  "..",
  "a//b",
  "a\u0000b",
])("weights at %j, out of the network's folder, are refused", (elsewhere) => {
  const file = externalised(whole, elsewhere).onnx;
  for (const read of [() => externalNames(file, name), () => inside(file, { [elsewhere]: data })]) {
    expect(read).toThrow(
      expect.objectContaining({
        code: "bad-file",
        expected: "weights in a file in the network’s folder",
      }),
    );
  }
});

test("a file whose tensors all name the same bytes cannot grow beyond the limit", () => {
  expect(() =>
    withWeightsInside(onnx, name, new Map([[location, data]]), whole.byteLength / 2),
  ).toThrow(expect.objectContaining({ code: "bad-file", input: name, found: "more" }));
});
