/**
 * Holds every recorded report against what the paper says, lists the networks, and writes
 * docs/reproduction.md; and public/recorded/sketches.json, from which the page draws its gallery.
 *
 *     npm run reproduction
 */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { zooManifestSchema } from "../core/nets/zoo-manifest";
import { claims } from "../experiment/figures/claims";
import { presets } from "../experiment/figures";
import { readJson } from "../node/files";
import { readRecorded, sketchesText } from "./recorded";
import { reproductionText } from "./reproduction-text";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "public/recorded");
const zoo = await readJson(join(root, "public/zoo/manifest.json"), zooManifestSchema);
const recorded = await readRecorded(folder);
await writeFile(
  join(root, "docs/reproduction.md"),
  reproductionText(presets, claims, recorded, zoo),
);
await writeFile(join(folder, "sketches.json"), sketchesText(recorded));
