/**
 * Runs an experiment: looks up what is stored, computes the rest on a pool of workers, tells every result
 * as it comes. The same function serves page, command line, tests and benchmarks.
 */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { sha256Hex } from "../../core/weights/hash";
import type { ExperimentEvent, Role } from "../../experiment/events";
import { planOf, type Plan } from "../../experiment/plan";
import { batchSize } from "../../experiment/protocol";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import { taskIdentity, type Task } from "../../experiment/task";
import type { AssetSource } from "../assets";
import type { ModelFile, SpawnWorker } from "../messages";
import type { ResultOf } from "../result";
import { assetsFor } from "./assets-for";
import { channel, type Channel } from "./channel";
import { createFindings, type Findings } from "./findings";
import { createPool, type Pool } from "./pool";
import { progressMeter, type ProgressMeter } from "./progress";
import { isResultOf, storedResult, type ResultStore } from "./result-store";

/** Everything an experiment needs besides its spec. */
export interface RunDeps {
  readonly models: Readonly<Record<Role, ModelFile>>;
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  readonly backend: BackendName;
  readonly store: ResultStore;
  readonly assets: AssetSource;
  readonly spawn: SpawnWorker;
  /** Most workers at a time. */
  readonly workers: number;
  readonly nowMs: () => number;
  /** Aborting stops every worker at once. */
  readonly signal: AbortSignal;
}

/** What `recallExperiment` needs: nothing that computes or fetches. */
export type RecallDeps = Pick<RunDeps, "models" | "data" | "backend" | "store">;

/**
 * Tells what is stored of an experiment, ending with `finished` when that is all of it.
 *
 * @throws LabError `bad-input` when the networks do not fit each other or the spec
 */
export async function* recallExperiment(
  spec: Spec,
  deps: RecallDeps,
): AsyncGenerator<ExperimentEvent> {
  const events: ExperimentEvent[] = [];
  const { findings } = await lookUp(spec, deps, (event) => events.push(event));
  yield* events;
  const report = findings.report(deps.backend, null);
  if (report) yield { type: "finished", report };
}

/**
 * Runs an experiment; results already stored are told first and never computed again.
 *
 * @throws LabError `cancelled` when `signal` aborts; otherwise naming what went wrong. Results told before
 *   are stored all the same.
 */
export async function* runExperiment(spec: Spec, deps: RunDeps): AsyncGenerator<ExperimentEvent> {
  const events = channel<ExperimentEvent>();
  let pool: Pool | undefined;
  const stop = (): void => {
    pool?.close();
    events.fail(cancelled());
  };
  if (deps.signal.aborted) throw cancelled();
  deps.signal.addEventListener("abort", stop);
  const started = (made: Pool): void => {
    pool = made;
  };
  conduct(spec, deps, events, started).then(
    () => {
      events.end();
    },
    (error: unknown) => {
      events.fail(error);
    },
  );
  try {
    yield* events.values();
  } finally {
    deps.signal.removeEventListener("abort", stop);
    pool?.close();
  }
}

interface LookedUp {
  readonly plan: Plan;
  readonly findings: Findings;
  /** Tasks without a stored result, in the order they should run. */
  readonly missing: readonly Task[];
}

async function lookUp(
  spec: Spec,
  deps: RecallDeps,
  tell: (event: ExperimentEvent) => void,
): Promise<LookedUp> {
  const { models, data, backend, store } = deps;
  const plan = planOf(spec, models.top, models.bottom, data);
  const findings = createFindings(spec, plan, models, tell);
  const missing: Task[] = [];
  const find = async <T extends Task>(task: T): Promise<ResultOf<T> | undefined> => {
    const result = await storedResult(store, keyOf(task, backend), task);
    if (!result) missing.push(task);
    return result;
  };
  for (const role of ["top", "bottom"] as const) {
    const result = await find(plan.baselines[role]);
    if (result) findings.baseline(role, result);
  }
  for (const [part, task] of plan.closedForm.entries()) {
    const result = await find(task);
    if (result) findings.closedForm(part, result);
  }
  for (const task of plan.stitches) {
    const result = await find(task);
    if (result) findings.stitch(task.tap, result);
  }
  return { plan, findings, missing };
}

async function conduct(
  spec: Spec,
  deps: RunDeps,
  events: Channel<ExperimentEvent>,
  started: (pool: Pool) => void,
): Promise<void> {
  const { plan, findings, missing } = await lookUp(spec, deps, (event) => {
    events.push(event);
  });
  // No worker is started for an experiment that is stored already.
  if (missing.length > 0) {
    await fetchAssets(missing, deps, events);
    if (deps.signal.aborted) return;
    const pool = createPool(
      deps.spawn,
      {
        backend: deps.backend,
        models: Object.values(deps.models),
        data: deps.data,
        dataFolder: deps.dataFolder,
      },
      Math.min(deps.workers, missing.length),
    );
    started(pool);
    const meter = progressMeter(missing, plan.taps.length, deps.nowMs);
    await compute(plan, missing, findings, pool, meter, deps, events);
    finish(findings, deps.backend, pool.adapter(), events);
  } else {
    finish(findings, deps.backend, null, events);
  }
}

function finish(
  findings: Findings,
  backend: BackendName,
  adapter: string | null,
  events: Channel<ExperimentEvent>,
): void {
  const report = findings.report(backend, adapter);
  if (report) events.push({ type: "finished", report });
}

/** Reads every file once, so that a missing one is told before any work, and none is needed later. */
async function fetchAssets(
  missing: readonly Task[],
  deps: RunDeps,
  events: Channel<ExperimentEvent>,
): Promise<void> {
  const files = assetsFor(missing, Object.values(deps.models), deps.data, deps.dataFolder);
  for (const [done, asset] of files.entries()) {
    events.push({ type: "assets", done, total: files.length, file: asset.path });
    await deps.assets.read(asset);
    if (deps.signal.aborted) return;
  }
  events.push({ type: "assets", done: files.length, total: files.length, file: "" });
}

async function compute(
  plan: Plan,
  missing: readonly Task[],
  findings: Findings,
  pool: Pool,
  meter: ProgressMeter,
  { backend, store }: RunDeps,
  events: Channel<ExperimentEvent>,
): Promise<void> {
  const run = async <T extends Task>(task: T, sums = noSums): Promise<ResultOf<T>> => {
    const result = await pool.run(
      { task, sums },
      {
        progress(fraction, activity) {
          meter.update(task, fraction);
          events.push(meter.now(activity));
        },
        leastSquares(wrong) {
          if (task.type === "stitch") findings.leastSquares(task.tap, wrong);
        },
      },
    );
    meter.update(task, 1);
    if (!isResultOf(task, result)) throw new Error(`a ${task.type} task gave a ${result.type}`);
    await store.put(keyOf(task, backend), result);
    return result;
  };
  const todo = <T extends Task>(tasks: readonly T[]): T[] =>
    tasks.filter((task) => missing.includes(task));

  // Stitches need the sums of every image and the top's baseline.
  await Promise.all([
    ...(["top", "bottom"] as const)
      .filter((role) => missing.includes(plan.baselines[role]))
      .map(async (role) => {
        findings.baseline(role, await run(plan.baselines[role]));
      }),
    ...todo(plan.closedForm).map(async (task) => {
      findings.closedForm(plan.closedForm.indexOf(task), await run(task));
    }),
  ]);
  const parts = findings.closedFormResults() ?? [];
  await Promise.all(
    todo(plan.stitches).map(async (task) => {
      const sums = parts.flatMap((part) => part.sums[task.tap] ?? []);
      findings.stitch(task.tap, await run(task, sums));
    }),
  );
}

const noSums: Parameters<Pool["run"]>[0]["sums"] = [];

function keyOf(task: Task, backend: BackendName): string {
  return sha256Hex(taskIdentity(task, batchSize, backend));
}

function cancelled(): LabError {
  return new LabError({
    code: "cancelled",
    input: "experiment",
    expected: "a run to its end",
    found: "it was cancelled; finished taps are kept",
  });
}
