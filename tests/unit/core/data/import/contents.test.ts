/** A file is known by its content, whatever its name says. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { contentsOf } from "../../../../../src/core/data/import/contents";
import { file, idx, npy, png, tar, zip } from "./files";

/** A safetensors file of one array of bytes. */
function safetensors(name: string): Uint8Array {
  const header = JSON.stringify({ [name]: { dtype: "U8", shape: [1], data_offsets: [0, 1] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.of(7)]);
}

const array = npy("|u1", [1], Uint8Array.of(7));
const inZip = (path: string): Uint8Array => zip([{ path, bytes: Uint8Array.of(1) }]);

test.each<[string, Iterable<number>]>([
  ["a PNG image", png(9)],
  ["a JPEG image", readFileSync("tests/fixtures/images/baseline.jpg")],
  ["a WebP image", readFileSync("tests/fixtures/images/lossy.webp")],
  ["images in a safetensors file", safetensors("x_train")],
  ["an .npy array", array],
  ["an .npz file", zip([{ path: "images.npy", bytes: array }])],
  ["a .zip of images", inZip("cat/1.png")],
  ["a .tar of images", tar([["cat/1.png", png(9)]])],
  ["an IDX file", idx(8, [1], [7])],
  ["a compressed IDX file", gzipSync(idx(8, [1], [7]))],
])("%s holds images", async (_, bytes) => {
  expect(await contentsOf(file("network.onnx", bytes))).toBe("images");
});

test.each<[string, Iterable<number>]>([
  ["an ONNX file", readFileSync("tests/fixtures/onnx/squeezenet1_1.onnx")],
  ["parameters in a safetensors file", readFileSync("tests/fixtures/tiny/tiny-a.safetensors")],
  ["a pickled file of PyTorch’s", inZip("archive/data.pkl")],
])("%s holds a network", async (_, bytes) => {
  expect(await contentsOf(file("images.zip", bytes))).toBe("network");
});

test.each([[[]], [[8]], [[...Buffer.from("not a file")]]])("%j is neither", async (bytes) => {
  expect(await contentsOf(file("a.zip", bytes))).toBeNull();
});
