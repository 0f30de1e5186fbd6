import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { reproductionText } from "../../../src/cli/reproduction-text";
import { plannedNetworks } from "../../../src/cli/zoo-plan";
import { zooManifestSchema } from "../../../src/core/weights/manifest";
import { curvesOf } from "../../../src/experiment/spec";
import { presetNames, presets } from "../../../src/experiment/presets";
import { recordedSchema } from "../../../src/experiment/recorded";

const root = resolve(import.meta.dirname, "../../..");

test("docs/reproduction.md says what the recorded reports say", async () => {
  const recorded = new Map(
    await Promise.all(
      presetNames
        .map((name) => ({ name, path: join(root, "public/recorded", `${name}.json`) }))
        .filter(({ path }) => existsSync(path))
        .map(
          async ({ name, path }) =>
            [name, recordedSchema.parse(JSON.parse(await readFile(path, "utf8")))] as const,
        ),
    ),
  );
  const zoo = zooManifestSchema.parse(
    JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
  );
  const text = await readFile(join(root, "docs/reproduction.md"), "utf8");
  expect(text).toBe(reproductionText(presets, recorded, zoo));
});

test("every network that an experiment asks for is planned", () => {
  for (const name of presetNames) {
    for (const { top, bottom } of curvesOf(presets[name].spec)) {
      expect(plannedNetworks).toHaveProperty([top]);
      expect(plannedNetworks).toHaveProperty([bottom]);
    }
  }
});
