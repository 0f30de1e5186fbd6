import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { dataManifestSchema } from "../../../../src/core/data/manifest";
import { answersFor } from "../../../../src/core/data/labels";

const manifest = resolve(import.meta.dirname, "../../../../public/data/manifest.json");
const { classNames } = dataManifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8")));
const labels = Uint8Array.from(classNames.keys());

describe("what a network is to answer", () => {
  test("of ten classes is the data set's own label", () => {
    expect(answersFor(labels, 10)).toEqual(labels);
  });

  test("of two is 1 for the data set's six animals and 0 for its four vehicles", () => {
    const answers = answersFor(labels, 2);
    const answering = (answer: number): string[] =>
      classNames.filter((_, label) => answers[label] === answer);
    expect(answering(1)).toEqual(["bird", "cat", "deer", "dog", "frog", "horse"]);
    expect(answering(0)).toEqual(["airplane", "automobile", "ship", "truck"]);
  });
});
