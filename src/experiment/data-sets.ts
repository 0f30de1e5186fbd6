/** Which images an experiment reads: a data set of the lab, or one of the visitor's by its contents. */
import { sha256Hex } from "../core/weights/hash";
import { cifar10Form } from "../core/data/cifar10";
import { fashionMnistForm } from "../core/data/fashion-mnist";
import type { DataForm } from "../core/data/form";
import { formOf, type DataManifest } from "../core/data/manifest";
import * as z from "../core/schema";

/** A data set of the lab by its id, or another by its contents: `sha256:` and 64 hex digits. */
export const dataSetRefSchema = z
  .string()
  .check(
    z.regex(
      /^([a-z0-9-]{1,64}|sha256:[0-9a-f]{64})$/,
      "a data set's id, or sha256: and 64 hex digits",
    ),
  );

/** A data set of the lab. */
interface LabDataSet {
  readonly name: string;
  /** Folder of its manifest and shards, next to the page. */
  readonly folder: string;
  readonly trainImages: number;
  readonly testImages: number;
  /** What names it by its contents. */
  readonly ref: string;
  readonly form: DataForm;
}

/** The data set of a spec that names none. */
export const usualDataSet = "cifar10";

export const labDataSets = {
  [usualDataSet]: {
    name: "CIFAR-10",
    folder: "data/",
    trainImages: 50_000,
    testImages: 10_000,
    ref: "sha256:dba66b5c010ffb5b079938eff2f33e3631d1eb3bc4d5fcbcfc28644280ffa779",
    form: cifar10Form,
  },
  "fashion-mnist": {
    name: "Fashion-MNIST",
    folder: "data/fashion-mnist/",
    trainImages: 60_000,
    testImages: 10_000,
    ref: "sha256:c85fb74cd6568b1acd72d296646a0992e09282f0f18602af4f6be0df1b57723b",
    form: fashionMnistForm,
  },
} as const satisfies Record<string, LabDataSet>;

/** Most images of a split that any data set may have. */
const mostImages = 2_000_000;

/** Returns a data set of the lab; undefined for any other. */
export function labDataSet(data: string | undefined): LabDataSet | undefined {
  return Object.entries(labDataSets).find(([id]) => id === (data ?? usualDataSet))?.[1];
}

/** Returns how many images a spec may ask for, as far as it is known before the data set is read. */
export function imagesAtMost(
  field: "trainImages" | "testImages",
  data: string | undefined,
): number {
  return labDataSet(data)?.[field] ?? mostImages;
}

/** Returns what names a data set by its contents: everything that results depend on. */
export function dataSetRef(manifest: DataManifest): string {
  const { height, width, channels, normalisation, classes } = formOf(manifest);
  const [train, test] = [manifest.train, manifest.test].map((shards) =>
    shards.map(({ images, sha256 }) => [images, sha256]),
  );
  const contents = [
    [height, width, channels],
    normalisation.map(({ mean, deviation }) => [mean, deviation]),
    classes.names,
    classes.groupings.map(({ names, groupOf }) => [names, groupOf]),
    train,
    test,
  ];
  return `sha256:${sha256Hex(JSON.stringify(contents))}`;
}

/**
 * Returns a data set with another normalisation, one of the lab's, where a ref then names it;
 * undefined where none does.
 */
export function renormalised(manifest: DataManifest, ref: string): DataManifest | undefined {
  return Object.values(labDataSets)
    .map(({ form: { normalisation } }) => ({ ...manifest, normalisation: [...normalisation] }))
    .find((other) => other.normalisation.length === other.channels && dataSetRef(other) === ref);
}

/**
 * Returns a data set as experiments name it. One with the images and labels of a data set of the lab
 * is that one, with its names of classes and its normalisation, however it was read.
 */
export function namedDataSet(manifest: DataManifest): { ref: string; manifest: DataManifest } {
  for (const [id, { name, form, ref }] of Object.entries(labDataSets)) {
    // A manifest with other shapes has other contents.
    const asTheirs = { ...manifest, name, ...form };
    if (dataSetRef(asTheirs) === ref) return { ref: id, manifest: asTheirs };
  }
  return { ref: dataSetRef(manifest), manifest };
}
