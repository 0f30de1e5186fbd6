/**
 * Holds every recorded report against what the paper says, lists the networks, and writes docs/reproduction.md.
 *
 *     npm run reproduction
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { zooManifestSchema } from "../core/weights/manifest";
import { presetNames, presets, type PresetName } from "../experiment/presets";
import { recordedSchema, type Recorded } from "../experiment/recorded";
import { readJson } from "./read-json";
import { reproductionText } from "./reproduction-text";

const root = resolve(import.meta.dirname, "../..");
const zoo = await readJson(join(root, "public/zoo/manifest.json"), zooManifestSchema);
const recorded = new Map<PresetName, Recorded>();
for (const name of presetNames) {
  const path = join(root, "public/recorded", `${name}.json`);
  if (existsSync(path)) recorded.set(name, await readJson(path, recordedSchema));
}
await writeFile(join(root, "docs/reproduction.md"), reproductionText(presets, recorded, zoo));
