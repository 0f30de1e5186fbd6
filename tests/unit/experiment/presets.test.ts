import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { tapsCorrespond } from "../../../src/core/nets/architecture";
import { zooManifestSchema } from "../../../src/core/weights/manifest";
import { readAddress, writeAddress } from "../../../src/experiment/address";
import { presetNames, presets } from "../../../src/experiment/presets";
import { recordedSchema } from "../../../src/experiment/recorded";
import { curvesOf, specSchema } from "../../../src/experiment/spec";

const folder = resolve(import.meta.dirname, "../../../public");
const zoo = zooManifestSchema.parse(
  JSON.parse(await readFile(join(folder, "zoo/manifest.json"), "utf8")),
);
const model = (id: string) => {
  const found = zoo.models.find((other) => other.id === id);
  if (!found) throw new Error(`the zoo lacks ${id}`);
  return found;
};

describe.each(presetNames)("%s", (name) => {
  const { spec } = presets[name];

  test("is an experiment that can be run with the zoo", () => {
    expect(specSchema.parse(spec)).toEqual(spec);
    for (const { top, bottom } of curvesOf(spec)) {
      expect(tapsCorrespond(model(top).architecture, model(bottom).architecture)).toBe(true);
    }
  });

  test("comes back from its own address", () => {
    const reading = readAddress(writeAddress({ spec, backend: null }), zoo.models);
    expect(reading.problems).toEqual([]);
    expect(reading.spec).toEqual(spec);
  });

  const path = join(folder, "recorded", `${name}.json`);
  test.runIf(existsSync(path))("its recorded report is of this very experiment", async () => {
    const { report } = recordedSchema.parse(JSON.parse(await readFile(path, "utf8")));
    expect(report.spec).toEqual(spec);
    const curves = curvesOf(spec);
    expect([report, ...(report.also ?? [])].map(({ top, bottom }) => [top, bottom])).toMatchObject(
      curves.map(({ top, bottom }) =>
        [top, bottom].map((id) => ({ id, sha256: model(id).sha256 })),
      ),
    );
  });
});
