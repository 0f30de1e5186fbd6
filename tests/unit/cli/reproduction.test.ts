import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { reproductionText } from "../../../src/cli/reproduction-text";
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
  const text = await readFile(join(root, "docs/reproduction.md"), "utf8");
  expect(text).toBe(reproductionText(presets, recorded));
});
