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
 * after a failure. The function throws LabError `not-found` for a data set that is not here; CIFAR-10,
 * which every page has, fails as its file does.
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
      const known = Object.keys(labDataSets).join(" or ");
      throw absentDataSet(ref ?? "data set", `${known}, or a data set that was opened here`);
    }
    const dataFolder = set.folder;
    const before = known.get(dataFolder);
    if (before) return before;
    const source = fetchManifest(`${dataFolder}manifest.json`).then(
      (data) => ({ data, dataFolder }),
      (thrown: unknown) => {
        if (ref === undefined) throw thrown;
        throw absentDataSet(set.name, `its images in ${dataFolder}, next to the page`, thrown);
      },
    );
    known.set(dataFolder, source);
    source.catch(() => known.delete(dataFolder));
    return source;
  };
}

function absentDataSet(input: string, expected: string, cause?: unknown): LabError {
  return new LabError({ code: "not-found", input, expected, found: "none" }, { cause });
}
