/** Makes a data set of images that somebody gives: reads them, resizes them, cuts them into shards. */
import { LabError } from "../../errors";
import type { DataForm } from "../form";
import type { DataManifest } from "../manifest";
import type { Shard } from "../shards";
import { refused, type ImportFile } from "./files/file";
import type { Codecs } from "./pictures/decode";
import { checkFit, fitted, inGrey, type Fit } from "./pictures/fit";
import { pixelSums } from "./normalisation";
import { openSource } from "./containers/registry";
import { shardCutter, shardImages } from "./shard-cutter";
import type { Source } from "./containers/source";
import type { Picture } from "./pictures/picture";
import { splitsOf } from "./split";

export interface ImportOptions {
  /** What the data set is called. */
  readonly name: string;
  /** Who made it, and where it was published. */
  readonly source: string;
  /** The names of classes that files only number. */
  readonly classNames?: readonly string[];
  /** By channel; by default ImageNet's for colour, and for grey that of the training images. */
  readonly normalisation?: DataForm["normalisation"] | undefined;
  /** By default images keep their size, which then is the same for all. */
  readonly fit?: Fit | undefined;
  readonly isGrey?: boolean | undefined;
  /** The decoders of JPEG and WebP. */
  readonly codecs: Codecs;
  readonly signal?: { readonly aborted: boolean };
}

export type ImportEvent =
  | { readonly type: "progress"; readonly images: number; readonly total: number }
  /** To be kept now: it is not held any longer. */
  | { readonly type: "shard"; readonly shard: Shard }
  | { readonly type: "finished"; readonly manifest: DataManifest };

/**
 * Reads images and yields a data set of them, shard by shard. Of the pixels, a shard of each split
 * and one image are held at a time.
 *
 * @throws LabError naming the file that is wrong, what was expected and what was found; `cancelled`
 *   when the signal aborts
 */
export async function* importImages(
  files: readonly ImportFile[],
  options: ImportOptions,
): AsyncGenerator<ImportEvent> {
  const { name, source: publishedBy, normalisation, signal } = options;
  if (options.fit) checkFit(options.fit);
  const source = await openSource(files, name, options.codecs);
  const names = classNamesOf(source, options);
  const splits = splitsOf(source.parts, names);
  const total = source.parts.reduce((sum, { count }) => sum + count, 0);
  let images = 0;
  let started: Started | undefined;
  for (const [place, part] of source.parts.entries()) {
    let inPart = 0;
    for await (const whole of part.pictures()) {
      if (signal?.aborted === true) throw cancelled(name);
      const picture = asAsked(whole, options);
      started ??= startedWith(picture, names, normalisation);
      checkSameSize(picture, started.form, `image ${inPart + 1} of ${part.path}`);
      const split = splits[place]?.[inPart] ?? "train";
      if (split === "train") started.sums.add(picture.pixels);
      const shard = started.cutters[split].add(picture.pixels, part.labels?.[inPart] ?? 0);
      if (shard) yield { type: "shard", shard };
      inPart++;
      images++;
      yield { type: "progress", images, total };
    }
  }
  if (!started) throw refused(name, "images", "none");
  const { form, cutters, sums } = started;
  for (const cutter of Object.values(cutters)) {
    const shard = cutter.finish();
    if (shard) yield { type: "shard", shard };
  }
  yield {
    type: "finished",
    manifest: {
      version: 2,
      name,
      source: publishedBy,
      ...form,
      normalisation: normalisation ?? sums.normalisation(),
      imagesPerShard: shardImages(form),
      train: [...cutters.train.entries],
      test: [...cutters.test.entries],
    },
  };
}

type Started = ReturnType<typeof startedWith>;

function startedWith(
  { height, width, channels }: Picture,
  names: readonly string[],
  normalisation: DataForm["normalisation"] | undefined,
) {
  if (normalisation && normalisation.length !== channels) {
    throw new LabError({
      code: "bad-input",
      input: "normalisation",
      expected: `${channels} means and deviations, as the images have channels`,
      found: String(normalisation.length),
    });
  }
  const classes = { names: [...names], groupings: [] };
  const form: DataForm = { height, width, channels, classes, normalisation: [] };
  const cutters = { train: shardCutter(form, "train"), test: shardCutter(form, "test") };
  return { form, cutters, sums: pixelSums(channels) };
}

function asAsked(picture: Picture, { fit, isGrey }: ImportOptions): Picture {
  const coloured = isGrey === true ? inGrey(picture) : picture;
  return fit ? fitted(coloured, fit) : coloured;
}

function checkSameSize({ height, width }: Picture, form: DataForm, input: string): void {
  if (height === form.height && width === form.width) return;
  throw new LabError({
    code: "bad-shape",
    input,
    expected: `${form.height}×${form.width} pixels, as the first, or a size for all images`,
    found: `${height}×${width}`,
  });
}

/**
 * Returns the names of the classes: those given, or those of the files.
 *
 * @throws LabError `bad-input` for names of other classes, or for one class
 */
export function classNamesOf(
  source: Source,
  { name, classNames: given }: Pick<ImportOptions, "name" | "classNames">,
): readonly string[] {
  const { classNames: own } = source;
  if (own.length === 1) {
    const expected = "images of two or more classes, or without classes";
    throw new LabError({ code: "bad-input", input: name, expected, found: own[0] ?? "" });
  }
  if (!given || given.length === own.length) return given ?? own;
  throw new LabError({
    code: "bad-input",
    input: "names of the classes",
    expected: `${own.length}, as many as the images have`,
    found: String(given.length),
  });
}

function cancelled(name: string): LabError {
  return new LabError({ code: "cancelled", input: name, expected: "to be read", found: "a stop" });
}
