/** The data set that the command line is asked for, with its progress on standard error. */
import { LabError } from "../core/errors";
import { imagesIn } from "../core/data/manifest";
import type { Spec } from "../experiment/spec";
import { findDataSet, type DataPlaces, type FoundDataSet } from "../node/data/find";
import type { DataOptions } from "./options";

/**
 * Returns the data set of `--data`, or that of the experiment.
 *
 * @throws LabError as `findDataSet` does; `cancelled` after an interrupt
 */
export async function dataSetAsked(
  options: DataOptions,
  ofSpec: string | undefined,
  places: DataPlaces,
  stream: NodeJS.WriteStream,
): Promise<FoundDataSet> {
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  let lastTenth = -1;
  const report = (images: number, total: number): void => {
    const tenth = Math.floor((10 * images) / total);
    const isDue = stream.isTTY ? images % 100 === 0 : tenth > lastTenth;
    if (!isDue) return;
    lastTenth = tenth;
    const inWords = (count: number): string => count.toLocaleString("en");
    const text = `preparing images ${inWords(images)}/${inWords(total)}`;
    stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  };
  try {
    const { data, ...preparation } = options;
    return await findDataSet(
      data ?? ofSpec,
      places,
      { ...preparation, signal: abort.signal },
      report,
    );
  } finally {
    process.removeListener("SIGINT", interrupt);
    if (stream.isTTY && lastTenth >= 0) stream.write("\r\u001b[K");
  }
}

/** Returns a spec for a data set, with no more images than it has where the number is a default. */
export function specWithData({ data: _, ...spec }: Spec, { ref, manifest }: FoundDataSet): Spec {
  return {
    ...spec,
    ...(ref !== undefined && { data: ref }),
    trainImages: Math.min(spec.trainImages, imagesIn(manifest.train)),
    testImages: Math.min(spec.testImages, imagesIn(manifest.test)),
  };
}

/** @throws LabError `bad-input` for more images than a data set has */
export function checkImages(spec: Spec, { manifest }: FoundDataSet): void {
  for (const [field, split] of [
    ["trainImages", "train"],
    ["testImages", "test"],
  ] as const) {
    const most = imagesIn(manifest[split]);
    if (spec[field] <= most) continue;
    throw new LabError({
      code: "bad-input",
      input: field,
      expected: `at most ${most}, as ${manifest.name} has`,
      found: String(spec[field]),
    });
  }
}
