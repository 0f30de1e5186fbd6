/** Finds the data set of an experiment, and prepares images that somebody names by their path. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { importImages, type ImportOptions } from "../../core/data/import/import-images";
import { dataManifestSchema, type DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { sha256Hex } from "../../core/weights/hash";
import {
  dataSetRef,
  dataSetRefSchema,
  labDataSets,
  namedDataSet,
  usualDataSet,
} from "../../experiment/data-sets";
import { readJson } from "../files";
import { codecs } from "./codecs";
import { filesAt } from "./disk-files";
import { keepDataSet } from "./keep";
import { isWhole } from "./whole";

export interface FoundDataSet {
  /** As a spec names it; undefined for CIFAR-10. */
  readonly ref: string | undefined;
  /** Holds its manifest and its shards. */
  readonly folder: string;
  readonly manifest: DataManifest;
}

export interface DataPlaces {
  /** Returns the folder of a data set of the lab. */
  readonly labFolder: (id: keyof typeof labDataSets) => string;
  /** Keeps what was prepared. */
  readonly cache: string;
  /** The folder that relative paths start at. */
  readonly from: string;
}

/** What is made of images; data sets that are prepared already stay as they are. */
export type PrepareOptions = Pick<ImportOptions, "fit" | "isGrey" | "normalisation" | "signal">;

/**
 * Returns a data set by its id, by its contents or by the path of its images. Images are prepared
 * once, and found again while their files stay the same.
 *
 * @param report receives how many images are prepared
 * @throws LabError `not-found` where there is none, else naming the file that is wrong
 */
export async function findDataSet(
  asked: string | undefined,
  places: DataPlaces,
  options: PrepareOptions = {},
  report: (images: number, total: number) => void = () => undefined,
): Promise<FoundDataSet> {
  const id = asked ?? usualDataSet;
  const path = resolve(places.from, id);
  if (isLab(id)) return readPrepared(places.labFolder(id), id);
  if (existsSync(path)) {
    const isPrepared = existsSync(join(path, "manifest.json"));
    return isPrepared ? readPrepared(path, id) : prepared(path, places, options, report);
  }
  if (dataSetRefSchema.safeParse(id).success && id.startsWith("sha256:")) {
    return readPrepared(folderOf(places, id), id);
  }
  throw notFound(id, `a path, ${Object.keys(labDataSets).join(" or ")}`);
}

function isLab(id: string): id is keyof typeof labDataSets {
  return id in labDataSets;
}

async function readPrepared(folder: string, name: string): Promise<FoundDataSet> {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) {
    const remedy =
      name in labDataSets
        ? `it prepared: npm run data${name === usualDataSet ? "" : ` -- ${name} FOLDER`}`
        : "its images in --data PATH, since they were not prepared here";
    throw notFound(name, remedy);
  }
  const manifest = await readJson(path, dataManifestSchema);
  return { ref: refOf(manifest), folder, manifest };
}

function refOf(manifest: DataManifest): string | undefined {
  const { ref } = namedDataSet(manifest);
  return ref === usualDataSet ? undefined : ref;
}

async function prepared(
  path: string,
  places: DataPlaces,
  options: PrepareOptions,
  report: (images: number, total: number) => void,
): Promise<FoundDataSet> {
  const known = join(places.cache, "inputs", await inputKey(path, options));
  const before = existsSync(known) ? folderOf(places, await readFile(known, "utf8")) : undefined;
  if (before !== undefined && (await isWhole(before))) return readPrepared(before, path);
  const events = importImages(await filesAt(path), {
    ...options,
    name: basename(path),
    source: "read from files",
    codecs,
  });
  // Its place is known by its contents, when all of them are read.
  const partial = join(places.cache, `preparing-${process.pid}`);
  const whole = await keepDataSet(events, partial, report);
  const { ref, manifest } = options.normalisation
    ? { ref: dataSetRef(whole), manifest: whole }
    : namedDataSet(whole);
  await writeFile(join(partial, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  const folder = folderOf(places, ref);
  await replace(partial, folder);
  await mkdir(join(places.cache, "inputs"), { recursive: true });
  await writeFile(known, ref);
  return { ref: refOf(manifest), folder, manifest };
}

async function replace(partial: string, folder: string): Promise<void> {
  const old = `${partial}-old`;
  if (existsSync(folder)) await rename(folder, old);
  await rename(partial, folder);
  await rm(old, { recursive: true, force: true });
}

function folderOf({ cache }: DataPlaces, ref: string): string {
  return join(cache, ref.replace("sha256:", ""));
}

/** What the files are by their sizes and times, and what is made of them. */
async function inputKey(path: string, options: PrepareOptions): Promise<string> {
  const { fit, isGrey, normalisation } = options;
  const isFolder = (await stat(path)).isDirectory();
  const files = await filesAt(path);
  const parts: unknown[] = [preparation, path, fit ?? null, isGrey ?? false, normalisation ?? null];
  for (const file of files) {
    const { mtimeMs } = await stat(isFolder ? join(path, file.path) : path);
    parts.push([file.path, file.sizeBytes, mtimeMs]);
  }
  return sha256Hex(JSON.stringify(parts));
}

/** To be raised when the same files become another data set. */
const preparation = 1;

function notFound(input: string, expected: string): LabError {
  return new LabError({ code: "not-found", input: `data set ${input}`, expected, found: "none" });
}
