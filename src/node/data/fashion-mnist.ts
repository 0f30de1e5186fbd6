/** Prepares Fashion-MNIST from its four IDX files. */
import { fashionMnistForm } from "../../core/data/fashion-mnist";
import { importImages, type ImportEvent } from "../../core/data/import/import-images";
import { imagesIn } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { dataSetRef, labDataSets } from "../../experiment/data-sets";
import { codecs } from "./codecs";
import { filesAt } from "./disk-files";
import { keepDataSet } from "./keep";
import type { Say } from "./tarball";

const fileNames = [
  "train-images-idx3",
  "train-labels-idx1",
  "t10k-images-idx3",
  "t10k-labels-idx1",
].map((name) => `${name}-ubyte`);

export const fashionMnistFiles =
  "the four .gz files of https://github.com/zalandoresearch/fashion-mnist " +
  "(Debian: package dataset-fashion-mnist, folder /usr/share/datasets/fashion-mnist)";

/**
 * Makes a folder hold Fashion-MNIST as experiments read it.
 *
 * @param from folder of the IDX files, with gzip or without
 * @throws LabError naming the file that is wrong; `hash-mismatch` where the images are others
 */
export async function prepareFashionMnist(from: string, folder: string, say: Say): Promise<void> {
  const files = (await filesAt(from)).filter(({ path }) =>
    fileNames.some((name) => path === name || path === `${name}.gz`),
  );
  if (files.length !== fileNames.length) {
    throw new LabError({
      code: "not-found",
      input: from,
      expected: fashionMnistFiles,
      found: files.length === 0 ? "none of them" : files.map(({ path }) => path).join(", "),
    });
  }
  const { name, ref } = labDataSets["fashion-mnist"];
  const events = importImages(files, {
    name,
    source: "Xiao, Rasul & Vollgraf 2017, Fashion-MNIST: a Novel Image Dataset",
    classNames: fashionMnistForm.classes.names,
    normalisation: fashionMnistForm.normalisation,
    codecs,
  });
  say(`data: cutting ${name} into shards`);
  const manifest = await keepDataSet(checked(events, ref), folder);
  say(
    `data: ${name} is ready (${imagesIn(manifest.train).toLocaleString("en")} training and ` +
      `${imagesIn(manifest.test).toLocaleString("en")} test images)`,
  );
}

/** Passes a data set on, unless its contents are others. */
async function* checked(
  events: AsyncGenerator<ImportEvent>,
  expected: string,
): AsyncGenerator<ImportEvent> {
  for await (const event of events) {
    if (event.type === "finished") {
      const found = dataSetRef(event.manifest);
      if (found !== expected) {
        throw new LabError({ code: "hash-mismatch", input: event.manifest.name, expected, found });
      }
    }
    yield event;
  }
}
