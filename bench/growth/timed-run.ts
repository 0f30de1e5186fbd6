/** Runs an experiment between any two networks of the zoo, with nothing stored. */
import { join } from "node:path";
import { readZoo, resolveModel } from "../../src/node/models";
import { readJson } from "../../src/node/files";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { withFirstCurve, type Spec } from "../../src/experiment/spec";
import { timedRun, type TimedRun } from "../suite/engine";

/**
 * @param root the repository
 * @returns a function that runs an experiment. It throws an Error when a tap failed, since the
 *   others' time would pass for that of all
 */
export async function timedRuns(
  root: string,
): Promise<(spec: Spec, workers: number) => Promise<TimedRun>> {
  const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
  const zoo = await readZoo(folders);
  const data = await readJson(join(folders.data, "manifest.json"), dataManifestSchema);
  return async (spec, workers) => {
    const [curve] = spec.curves;
    const models = {
      top: await resolveModel(curve.top, zoo, folders, root),
      bottom: await resolveModel(curve.bottom, zoo, folders, root),
    };
    const dataFolder = `${folders.data}/`;
    // A file's id is its hash.
    const named = withFirstCurve(spec, { top: models.top.id, bottom: models.bottom.id });
    const run = await timedRun(named, { models, data, dataFolder, workers });
    const failure = run.report.curves[0].failures?.[0];
    if (failure) throw new Error(`tap ${failure.site} failed`);
    return run;
  };
}
