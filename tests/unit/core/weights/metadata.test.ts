import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { metadataOf } from "../../../../src/core/weights/safetensors";
import { tinyFolder } from "../../fixtures";
import { bytesOf, safetensorsFile } from "./safetensors-file";

const a = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

function read(header: Record<string, unknown>): ReadonlyMap<string, string> {
  return metadataOf(safetensorsFile(header, bytesOf(Float32Array.of(1))), "weights.safetensors");
}

describe("a file's metadata", () => {
  test("are strings by name", () => {
    expect([...read({ __metadata__: { format: "pt", heads: "3" }, a })]).toEqual([
      ["format", "pt"],
      ["heads", "3"],
    ]);
  });

  test("are none where the file has none", () => {
    expect(read({ a }).size).toBe(0);
  });

  test.each([{ metadata: { heads: 3 } }, { metadata: "heads" }, { metadata: ["heads"] }])(
    "that are $metadata are refused, named",
    ({ metadata }) => {
      expect(() => read({ __metadata__: metadata, a })).toThrow(
        expect.objectContaining({
          name: "LabError",
          code: "bad-file",
          input: "weights.safetensors: __metadata__",
        }),
      );
    },
  );

  test("as Python writes them say a transformer's heads", () => {
    const bytes = readFileSync(resolve(tinyFolder, "tiny-vit-b.safetensors"));
    expect(metadataOf(bytes, "tiny-vit-b").get("heads")).toBe("3");
  });
});
