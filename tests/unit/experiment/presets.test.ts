import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../src/core/nets/architecture-schema";
import { tapsCorrespond } from "../../../src/core/nets/taps";
import { zooManifestSchema } from "../../../src/core/nets/zoo-manifest";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { presetNames, presets } from "../../../src/experiment/figures";
import type { Preset } from "../../../src/experiment/figures/figure";
import { trainingOf } from "../../../src/experiment/model-ref";
import { recordedSchema } from "../../../src/experiment/report";
import { curvesOf, specSchema } from "../../../src/experiment/spec";

const folder = resolve(import.meta.dirname, "../../../public");
const zoo = zooManifestSchema.parse(
  JSON.parse(await readFile(join(folder, "zoo/manifest.json"), "utf8")),
);
const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const model = (id: string) => {
  const found = zoo.models.find((other) => other.id === id);
  if (!found) throw new Error(`the zoo lacks ${id}`);
  return found;
};

describe.each(presetNames)("%s", (name) => {
  const { spec } = presets[name];

  const ids = [...new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]))];
  const absent = ids.filter((id) => !zoo.models.some((other) => other.id === id));

  test("is an experiment", () => {
    expect(specSchema.parse(spec)).toEqual(spec);
  });

  test("each curve has a short name of its own", () => {
    const { names, main = 0 }: Preset = presets[name];
    expect(names).toHaveLength(curvesOf(spec).length);
    expect(new Set(names).size).toBe(names.length);
    for (const text of names) expect(text.length).toBeLessThanOrEqual(22);
    expect(names[main]).toBeDefined();
  });

  test("its texts leave the chart as it is", () => {
    const { claim, lookFor } = presets[name];
    expect(claim + lookFor).not.toMatch(/hide|click/i);
  });

  test.runIf(absent.length === 0)("its first curve's layers are those of its axis", () => {
    for (const { top, bottom } of curvesOf(spec)) {
      const [a, b] = [model(top).architecture, model(bottom).architecture];
      if (a.family === b.family) expect(tapsCorrespond(a, b)).toBe(true);
    }
  });

  test("comes back from its own address", () => {
    const known = ids.map((id) => {
      const found = zoo.models.find((other) => other.id === id);
      return { id, architecture: found?.architecture ?? resnet18 };
    });
    const reading = readAddress(writeAddress({ spec, backend: null }), known);
    expect(reading.problems).toEqual([]);
    expect(reading.spec).toEqual(spec);
  });

  const path = join(folder, "recorded", `${name}.json`);
  test.runIf(existsSync(path))("its recorded report is of this very experiment", async () => {
    const { report } = recordedSchema.parse(JSON.parse(await readFile(path, "utf8")));
    expect(report.spec).toEqual(spec);
    const curves = curvesOf(spec);
    expect(report.curves.map(({ top, bottom }) => [top, bottom])).toMatchObject(
      curves.map(({ top, bottom }) =>
        // What a training makes is compared where it is trained again.
        [top, bottom].map((id) => (trainingOf(id) ? { id } : { id, sha256: model(id).sha256 })),
      ),
    );
  });
});
