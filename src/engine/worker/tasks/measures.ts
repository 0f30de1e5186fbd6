/** Takes every measure of similarity, site by site. */
import { measures as registry, similarityOf } from "../../../core/similarity/measures";
import { similarityNullOf } from "../../../core/similarity/null";
import type { ClosedFormSums } from "../../../core/similarity/sums";
import { areFinite } from "../../../core/stitch/moments";
import type { MeasuresTask } from "../../../experiment/plan/task";
import type { MeasuresResult } from "../../kinds/measures";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { missingSums, type Executor, type ExecutorDeps } from "./executor";

export const measures = {
  resumesFrom: "measures",
  execute,
  images: () => [],
  // It runs no network.
  loadNetworks: () => Promise.resolve(),
  // There is nothing to compile.
  shortened: (task) => ({ ...task, asked: [] }),
} satisfies Executor<MeasuresTask>;

// eslint-disable-next-line @typescript-eslint/require-await -- executors are asynchronous
async function* execute(
  { asked }: MeasuresTask,
  from: CheckpointOf<"measures"> | undefined,
  { sums }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const before = from?.sites ?? [];
  const fits = before.every(({ site }, k) => site === asked[k]);
  let sites: MeasuresResult["sites"] = fits ? before : [];
  for (const [k, site] of asked.entries()) {
    if (k < sites.length) continue;
    const gathered = sums[k];
    if (!gathered) throw missingSums();
    const done = [...sites, { site, ...measuresOf(gathered) }];
    sites = done;
    yield {
      type: "step",
      fraction: done.length / asked.length,
      activity: "measuring similarity",
      checkpoint: () => Promise.resolve({ type: "measures", sites: done }),
    };
  }
  yield { type: "result", result: { type: "measures", sites } };
}

/** Every measure, by name, and its null; undefined where representations overflow. */
function measuresOf(sums: ClosedFormSums): Omit<MeasuresResult["sites"][number], "site"> {
  if (areFinite(sums.moments)) {
    const similarityNull = similarityNullOf(sums);
    return { similarity: similarityOf(sums), ...(similarityNull && { similarityNull }) };
  }
  return { similarity: Object.fromEntries(Object.keys(registry).map((name) => [name, null])) };
}
