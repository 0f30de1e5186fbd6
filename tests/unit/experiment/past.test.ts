import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { libraryFile, readLibraryFile, type PastExperiment } from "../../../src/experiment/past";
import { recordedSchema } from "../../../src/experiment/report";

const path = resolve(import.meta.dirname, "../../../public/recorded/random.json");
const { report } = recordedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
const experiment: PastExperiment = { name: null, pinned: false, finishedAtMs: 1, report };
const named = { ...experiment, name: "Zoë’s “control”", pinned: true };

test("an exported library is read back unchanged", () => {
  expect(readLibraryFile(libraryFile([experiment, named]), "f.json")).toEqual([experiment, named]);
  expect(readLibraryFile(libraryFile([]), "f.json")).toEqual([]);
});

/** The file with one value changed. */
function changed(edit: (file: { experiments: (typeof experiment)[] }) => void): string {
  const file = JSON.parse(libraryFile([experiment, named])) as { experiments: PastExperiment[] };
  edit(file);
  return JSON.stringify(file);
}

test.each([
  [
    "a penalty that is a text",
    changed(({ experiments }) => {
      Object.assign(experiments[1]?.report.curves[0].sites[2] ?? {}, { penalty: "low" });
    }),
    { input: "f.json: experiments[1].report.curves[0].sites[2].penalty", found: '"low"' },
  ],
  [
    "a field of nobody's",
    changed(({ experiments }) => Object.assign(experiments[0] ?? {}, { evil: 1 })),
    { input: "f.json: experiments[0]" },
  ],
  [
    "a pin that is missing",
    changed(({ experiments }) => Reflect.deleteProperty(experiments[0] ?? {}, "pinned")),
    { input: "f.json: experiments[0].pinned", found: "nothing" },
  ],
  [
    "a report instead of a library",
    JSON.stringify(report),
    { input: "f.json", found: "another kind of JSON" },
  ],
  ["no JSON", "{", { input: "f.json" }],
  ["nothing", "null", { input: "f.json", found: "null" }],
])("a file with %s is refused by the entry and the field", (_, text, error) => {
  expect(() => readLibraryFile(text, "f.json")).toThrow(
    expect.objectContaining({ code: "bad-file", ...error }),
  );
});
