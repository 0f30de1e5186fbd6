/** The data sets that an experiment can name, by the manifests next to the page. */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import type { DataSetStore, DataSource } from "../../engine/user-data-set";
import { labDataSet, labDataSets, usualDataSet } from "../../experiment/data-sets";

/**
 * Returns a function that finds the data set of a spec: one of the visitor's, else one next to the
 * page. Each manifest is fetched once, and again after a failure. The function throws LabError
 * `not-found` for a data set that is not here; CIFAR-10, which every page has, fails as its file
 * does.
 *
 * @param fetchManifest reads a file next to the page
 */
export function createDataSets(
  fetchManifest: (path: string) => Promise<DataManifest>,
  own: Pick<DataSetStore, "list" | "source">,
): (ref: string | undefined) => Promise<DataSource> {
  const known = new Map<string, Promise<DataSource>>();
  return async (ref) => {
    const set = labDataSet(ref);
    // Every page has CIFAR-10; Fashion-MNIST may be here from the visitor's files alone.
    const kept = ref === undefined ? [] : await own.list();
    const ofVisitor = kept.find((other) => other.ref === ref);
    if (ofVisitor) return own.source(ofVisitor);
    if (!set) {
      const known = Object.keys(labDataSets).join(" or ");
      throw absentDataSet(ref ?? usualDataSet, `${known}, or images that you gave this page`);
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
