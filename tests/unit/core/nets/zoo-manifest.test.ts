import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import { tinyFolder, zooFolder } from "../../fixtures";

describe.each([
  { zoo: "the zoo", folder: zooFolder },
  { zoo: "the tiny ones", folder: tinyFolder },
])("the manifest of $zoo", ({ folder }) => {
  const text = readFileSync(resolve(folder, "manifest.json"), "utf8");
  const manifest = zooManifestSchema.parse(JSON.parse(text));

  test.each(manifest.models)(
    "has the size and the hash of $file",
    ({ file, sizeBytes, sha256 }) => {
      const bytes = readFileSync(resolve(folder, file));
      expect(bytes.byteLength).toBe(sizeBytes);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    },
  );

  test("names each network once", () => {
    const ids = manifest.models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
