import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { tinyFolder } from "../../fixtures";
import { bytesOf, safetensorsFile } from "./safetensors-file";

const a = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
const b = { dtype: "F32", shape: [1, 1], data_offsets: [8, 12] };
const body = bytesOf(Float32Array.of(1, -2, 3));
const good = safetensorsFile({ a, b }, body);

/** What is thrown for a file. */
function refusal(file: Uint8Array): unknown {
  try {
    parseSafetensors(file, "weights.safetensors");
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

describe("a good file", () => {
  test("is read: names, shapes and values", () => {
    const state = parseSafetensors(good, "good");
    expect([...state]).toEqual([
      ["a", { shape: [2], values: Float32Array.of(1, -2) }],
      ["b", { shape: [1, 1], values: Float32Array.of(3) }],
    ]);
  });

  test("is read from the middle of a larger buffer, at an odd offset", () => {
    const larger = new Uint8Array(good.length + 7);
    larger.set(good, 5);
    const state = parseSafetensors(larger.subarray(5, 5 + good.length), "good");
    expect(state.get("a")?.values).toEqual(Float32Array.of(1, -2));
  });

  test("may hold metadata, which names no tensor", () => {
    const file = safetensorsFile({ __metadata__: { format: "pt" }, a, b }, body);
    expect([...parseSafetensors(file, "good").keys()]).toEqual(["a", "b"]);
  });

  test("may pad its header with spaces", () => {
    const file = safetensorsFile(`${JSON.stringify({ a, b })}    `, body);
    expect([...parseSafetensors(file, "good").keys()]).toEqual(["a", "b"]);
  });

  test("may name an empty tensor after one that begins at the same byte", () => {
    const empty = { dtype: "F32", shape: [0], data_offsets: [8, 8] };
    const file = safetensorsFile({ a, b, empty }, body);
    expect([...parseSafetensors(file, "good").keys()]).toEqual(["a", "b", "empty"]);
  });

  test("may name its tensors like the properties of every object", () => {
    const text = `{"__proto__":${JSON.stringify(a)},"constructor":${JSON.stringify(b)}}`;
    const state = parseSafetensors(safetensorsFile(text, body), "good");
    expect([...state.keys()]).toEqual(["__proto__", "constructor"]);
  });

  test("may hold a scalar and an empty tensor", () => {
    const scalar = { dtype: "F32", shape: [], data_offsets: [0, 4] };
    const empty = { dtype: "F32", shape: [0, 3], data_offsets: [4, 4] };
    const state = parseSafetensors(safetensorsFile({ scalar, empty }, body.slice(0, 4)), "good");
    expect(state.get("scalar")).toEqual({ shape: [], values: Float32Array.of(1) });
    expect(state.get("empty")).toEqual({ shape: [0, 3], values: new Float32Array() });
  });

  test("has its half and double precision tensors read as float32", () => {
    const file = safetensorsFile(
      {
        half: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
        brain: { dtype: "BF16", shape: [2], data_offsets: [4, 8] },
        double: { dtype: "F64", shape: [1], data_offsets: [8, 16] },
      },
      bytesOf(Uint16Array.of(0x3c00, 0xc100), Uint16Array.of(0x3f80, 0xc020), Float64Array.of(0.1)),
    );
    const state = parseSafetensors(file, "good");
    expect(state.get("half")?.values).toEqual(Float32Array.of(1, -2.5));
    expect(state.get("brain")?.values).toEqual(Float32Array.of(1, -2.5));
    expect(state.get("double")?.values).toEqual(Float32Array.of(0.1));
  });

  test("has its integer tensors left out", () => {
    const counter = { dtype: "I64", shape: [1], data_offsets: [12, 20] };
    const file = safetensorsFile({ a, b, counter }, bytesOf(body, BigInt64Array.of(7n)));
    expect([...parseSafetensors(file, "good").keys()]).toEqual(["a", "b"]);
  });

  test("as Python writes one has PyTorch's names and shapes", () => {
    const state = parseSafetensors(
      readFileSync(resolve(tinyFolder, "tiny-a.safetensors")),
      "tiny-a",
    );
    expect(state.get("conv1.weight")?.shape).toEqual([4, 3, 3, 3]);
    expect(state.get("layer2.0.downsample.0.weight")?.shape).toEqual([8, 4, 1, 1]);
    expect(state.get("fc.bias")?.shape).toEqual([10]);
  });
});

/** Broken files, and what the error must name. */
const broken = [
  { why: "is empty", file: new Uint8Array(), names: "weights.safetensors" },
  {
    why: "is shorter than its header's length",
    file: good.slice(0, 7),
    names: "weights.safetensors",
  },
  { why: "is cut within its header", file: good.slice(0, 40), names: "weights.safetensors" },
  {
    why: "is cut within its tensors",
    file: good.slice(0, good.length - 1),
    names: "weights.safetensors: b",
  },
  {
    why: "has a header longer than itself",
    file: safetensorsFile({ a, b }, body, BigInt(good.length)),
    names: "weights.safetensors",
  },
  {
    why: "has a header length beyond 2⁶³",
    file: safetensorsFile({ a, b }, body, 2n ** 64n - 1n),
    names: "weights.safetensors",
  },
  { why: "has no header", file: safetensorsFile("", body), names: "weights.safetensors" },
  {
    why: "has a header that is not JSON",
    file: safetensorsFile("{a: 1}", body),
    names: "weights.safetensors",
  },
  {
    why: "has a header that is not UTF-8",
    file: Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe),
    names: "weights.safetensors",
  },
  {
    why: "has a list as its header",
    file: safetensorsFile("[1,2]", body),
    names: "weights.safetensors",
  },
  {
    why: "has null as its header",
    file: safetensorsFile("null", body),
    names: "weights.safetensors",
  },
  { why: "names no tensor", file: safetensorsFile({}, body), names: "weights.safetensors" },
  {
    why: "holds metadata alone",
    file: safetensorsFile({ __metadata__: {} }, body),
    names: "weights.safetensors",
  },
  {
    why: "has a dtype that we do not know",
    file: safetensorsFile({ a: { ...a, dtype: "F8_E4M3" } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has no shape",
    file: safetensorsFile({ a: { dtype: "F32", data_offsets: [0, 8] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a negative axis",
    file: safetensorsFile({ a: { ...a, shape: [-2] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a fractional axis",
    file: safetensorsFile({ a: { ...a, shape: [2.5] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has one offset",
    file: safetensorsFile({ a: { ...a, data_offsets: [0] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a tensor that overlaps another",
    file: safetensorsFile({ a, b: { ...b, data_offsets: [4, 8] } }, body),
    names: "weights.safetensors: b",
  },
  {
    why: "has a tensor larger than its shape",
    file: safetensorsFile({ a: { ...a, shape: [1] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a tensor smaller than its shape",
    file: safetensorsFile({ a: { ...a, shape: [3] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a tensor that ends before it starts",
    file: safetensorsFile({ a: { ...a, data_offsets: [8, 0] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a tensor beyond its end",
    file: safetensorsFile({ a, b: { ...b, data_offsets: [12, 16] } }, body),
    names: "weights.safetensors: b",
  },
  {
    why: "has a shape too large to count",
    file: safetensorsFile({ a: { ...a, shape: [2 ** 50, 2 ** 50, 2 ** 50] } }, body),
    names: "weights.safetensors: a",
  },
  {
    why: "has a shape too large to count and an axis of 0 after it",
    file: safetensorsFile(
      { a, b, c: { dtype: "F32", shape: [2 ** 50, 2 ** 50, 0], data_offsets: [12, 12] } },
      body,
    ),
    names: "weights.safetensors: c",
  },
  {
    why: "has a hole before its first tensor",
    file: safetensorsFile({ b: { ...b, data_offsets: [8, 12] } }, body),
    names: "weights.safetensors: b",
  },
  {
    why: "has a hole between two tensors",
    file: safetensorsFile({ a: { ...a, shape: [1], data_offsets: [0, 4] }, b }, body),
    names: "weights.safetensors: b",
  },
  {
    why: "has bytes after its last tensor",
    file: safetensorsFile({ a }, body),
    names: "weights.safetensors",
  },
  {
    why: "has a header that begins with a byte order mark",
    file: safetensorsFile(`\ufeff${JSON.stringify({ a, b })}`, body),
    names: "weights.safetensors",
  },
  {
    why: "has metadata that are not texts",
    file: safetensorsFile({ __metadata__: { epoch: 3 }, a, b }, body),
    names: "weights.safetensors: __metadata__",
  },
  {
    why: "has a header beyond ten million bytes",
    file: safetensorsFile(`${JSON.stringify({ a, b })}${" ".repeat(10_000_000)}`, body),
    names: "weights.safetensors",
  },
  {
    why: "has an integer tensor of the wrong size",
    file: safetensorsFile({ a: { dtype: "I64", shape: [2], data_offsets: [0, 8] } }, body),
    names: "weights.safetensors: a",
  },
];

describe("a file is refused by name when it", () => {
  test.each(broken)("$why", ({ file, names }) => {
    const thrown = refusal(file);
    expect(thrown).toBeInstanceOf(LabError);
    expect(thrown).toMatchObject({ code: "bad-file", input: names });
  });
});

test("a refusal says both sides", () => {
  const file = safetensorsFile({ a: { ...a, shape: [3] } }, body);
  expect(refusal(file)).toMatchObject({
    message: "weights.safetensors: a: expected 12 bytes for F32 [3], found bytes 0 to 8",
  });
});
