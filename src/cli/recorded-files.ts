/** The recorded reports that are there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { presetNames, type PresetName } from "../experiment/figures";
import { recordedSchema, type Recorded } from "../experiment/recorded";
import { sketchOf, type Sketches } from "../experiment/sketch";
import { readJson } from "../node/read-json";

/** @param folder public/recorded */
export async function readRecorded(folder: string): Promise<ReadonlyMap<PresetName, Recorded>> {
  const recorded = new Map<PresetName, Recorded>();
  for (const name of presetNames) {
    const path = join(folder, `${name}.json`);
    if (existsSync(path)) recorded.set(name, await readJson(path, recordedSchema));
  }
  return recorded;
}

export function sketchesOf(recorded: ReadonlyMap<PresetName, Recorded>): Sketches {
  return Object.fromEntries([...recorded].map(([name, { report }]) => [name, sketchOf(report)]));
}

export function sketchesText(recorded: ReadonlyMap<PresetName, Recorded>): string {
  return `${JSON.stringify(sketchesOf(recorded))}\n`;
}
