/** Pictures of the recorded figures, from the files that the page is served with. Node only. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { zooManifestSchema, type ZooModel } from "../../../../src/core/nets/zoo-manifest";
import type { PresetName } from "../../../../src/experiment/figures";
import { recordedReport } from "../recorded-report";
import { recordedPicture, type PictureChoices, type RecordedPicture } from "./recorded-picture";

export const zooModels: readonly ZooModel[] = zooManifestSchema.parse(
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../../../public/zoo/manifest.json"), "utf8"),
  ),
).models;

export function figurePicture(name: PresetName, choices?: PictureChoices): RecordedPicture {
  return recordedPicture(name, recordedReport(name), zooModels, choices);
}
