import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readRecorded, sketchesOf, sketchesText } from "../../../src/cli/recorded";
import { reproductionText } from "../../../src/cli/reproduction-text";
import { zooManifestSchema } from "../../../src/core/nets/zoo-manifest";
import { claims } from "../../../src/experiment/figures/claims";
import { hasNetworks } from "../../../src/experiment/spec";
import { presetNames, presets, type PresetName } from "../../../src/experiment/figures";
import { sketchesSchema } from "../../../src/experiment/sketch";

const root = resolve(import.meta.dirname, "../../..");

test("docs/reproduction.md says what the recorded reports say", async () => {
  const recorded = await readRecorded(join(root, "public/recorded"));
  const zoo = zooManifestSchema.parse(
    JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
  );
  const text = await readFile(join(root, "docs/reproduction.md"), "utf8");
  expect(text).toBe(reproductionText(presets, claims, recorded, zoo));
});

test("the gallery draws what the recorded reports say", async () => {
  const recorded = await readRecorded(join(root, "public/recorded"));
  const text = await readFile(join(root, "public/recorded/sketches.json"), "utf8");
  expect(text).toBe(sketchesText(recorded));
  const sketches = sketchesSchema.parse(JSON.parse(text));
  for (const [name, { report }] of recorded) {
    const first = sketches[name]?.penalty[0];
    const { sites, failures } = report.curves[0];
    expect(first).toHaveLength(sites.length + (failures?.length ?? 0));
    const [site] = [...sites].sort((a, b) => a.site - b.site);
    expect(first?.find((value) => value !== null)).toBeCloseTo(site?.penalty ?? NaN, 4);
  }
});

test("a figure that is not recorded waits for the zoo’s networks, never for those that are trained", async () => {
  const zoo = zooManifestSchema.parse(
    JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
  );
  const rowsOf = (name: PresetName, networks: typeof zoo): string[] =>
    reproductionText(presets, claims, new Map(), networks)
      .split("\n")
      .filter((line) => line.startsWith(`| ${presets[name].title} |`));
  const nothing = { ...zoo, models: [] };
  for (const row of rowsOf("trained", nothing)) expect(row).toContain("| not recorded yet |");
  for (const row of rowsOf("halves", nothing)) expect(row).toMatch(/\| waits for \S+, \S+/);
  for (const row of rowsOf("halves", zoo)) expect(row).toContain("| not recorded yet |");
});

test("every network of every figure is in the zoo, or named by its training", async () => {
  const zoo = zooManifestSchema.parse(
    JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
  );
  const absent = presetNames.filter((name) => !hasNetworks(presets[name].spec, zoo.models));
  expect(absent).toEqual([]);
});

test("a claim that fails here says why, and the gallery has it", async () => {
  const recorded = await readRecorded(join(root, "public/recorded"));
  const sketches = sketchesOf(recorded);
  for (const [name, { report }] of recorded) {
    for (const { statement, because, verdict } of claims[name]) {
      if (!verdict(report).holds) expect(because, statement).toMatch(/^(perhaps )?because /);
    }
    const judged = sketches[name]?.judged;
    expect(judged?.claims).toBe(claims[name].length);
    expect(judged?.because === undefined).toBe(judged?.holds);
  }
  expect(sketches.width?.judged).toMatchObject({ holds: false, held: 1, claims: 3 });
});

test("sketches without verdicts, as older versions wrote them, still open", () => {
  const sketch = { penalty: [[0.01, null]], similarity: [[0.9, 0.8]] };
  expect(sketchesSchema.parse({ seeds: sketch })).toEqual({ seeds: sketch });
});
