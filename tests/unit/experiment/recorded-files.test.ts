/** What the page fetches of recorded figures, as it is shipped. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { presetNames, recordedNames } from "../../../src/experiment/figures";
import { recordedSchema } from "../../../src/experiment/report";

const folder = "public/recorded";
const shipped = readdirSync(folder).filter((name) => name.endsWith(".details.bin"));
const named = new Map(
  recordedNames.flatMap((name) => {
    const text = readFileSync(`${folder}/${name}.json`, "utf8");
    const { details } = recordedSchema.parse(JSON.parse(text));
    return details ? [[details.file, details] as const] : [];
  }),
);

test("the page lists the figures that have a report, and no others", () => {
  const isThere = (name: string): boolean => existsSync(`${folder}/${name}.json`);
  expect(recordedNames).toEqual(presetNames.filter(isThere));
});

test("every details file belongs to a figure, and every one that a figure names is there", () => {
  expect(shipped.length).toBeGreaterThan(0);
  expect([...named.keys()].sort()).toEqual([...shipped].sort());
});

test.for(shipped)("%s has at most 400,000 bytes, and the hash that its report names", (file) => {
  const bytes = readFileSync(`${folder}/${file}`);
  expect(bytes.length).toBeLessThanOrEqual(400_000);
  expect(named.get(file)).toMatchObject({
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
});
