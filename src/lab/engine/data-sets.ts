/** The data sets that an experiment can name, by the manifests next to the page. */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { labDataSet, labDataSets } from "../../experiment/data-sets";

/** A data set as experiments read it. */
export interface DataSource {
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
}

/**
 * Returns a function that finds the data set of a spec; each manifest is fetched once, and again
 * after a failure.
 *
 * @param fetchManifest reads a file next to the page
 */
export function createDataSets(
  fetchManifest: (path: string) => Promise<DataManifest>,
): (ref: string | undefined) => Promise<DataSource> {
  const known = new Map<string, Promise<DataSource>>();
  return async (ref) => {
    const set = labDataSet(ref);
    if (!set) {
      throw new LabError({
        code: "not-found",
        input: "data set",
        expected: `one of ${Object.keys(labDataSets).join(", ")}, or one that was opened here`,
        found: ref ?? "",
      });
    }
    const dataFolder = set.folder;
    const before = known.get(dataFolder);
    if (before) return before;
    const source = fetchManifest(`${dataFolder}manifest.json`).then((data) => ({
      data,
      dataFolder,
    }));
    known.set(dataFolder, source);
    source.catch(() => known.delete(dataFolder));
    return source;
  };
}
