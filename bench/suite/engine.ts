/** Runs an experiment as the command line does, and notes when each result came. */
import { performance } from "node:perf_hooks";
import { nodeDeps } from "../../src/node/run";
import type { DataManifest } from "../../src/core/data/manifest";
import { runExperiment } from "../../src/engine/host/run";
import type { ModelFile, WorkerPort } from "../../src/engine/messages";
import type { Report, SiteResult } from "../../src/experiment/report";
import type { Spec } from "../../src/experiment/spec";
import { watchMemory, type MemoryOverTime } from "../memory/over-time";

export interface Setting {
  readonly models: { readonly top: ModelFile; readonly bottom: ModelFile };
  readonly data: DataManifest;
  readonly dataFolder: string;
  readonly workers: number;
}

export interface TimedRun {
  readonly report: Report;
  readonly seconds: number;
  /** Until a worker was given its first images: before that they are started and files read. */
  readonly firstImageSeconds: number;
  /** Seconds from the start until each tap's result, by tap. */
  readonly tapSeconds: ReadonlyMap<number, number>;
  /** Seconds from the start until the least-squares curve was complete; null where it never was. */
  readonly leastSquaresSeconds: number | null;
  /** Penalties of the least-squares stitches by tap, fractions. */
  readonly leastSquares: ReadonlyMap<number, number>;
  /** Of this process with all its threads. */
  readonly memory: MemoryOverTime;
}

/** Nothing is stored; time counts from before the first worker is started. */
export async function timedRun(
  spec: Spec,
  { models, data, dataFolder, workers }: Setting,
): Promise<TimedRun> {
  const startedMs = performance.now();
  const elapsed = (): number => (performance.now() - startedMs) / 1000;
  const endMemory = watchMemory(process.pid);
  const leastSquares = new Map<number, number>();
  const tapSeconds = new Map<number, number>();
  let leastSquaresSeconds: number | null = null;
  const firstImage: { seconds?: number } = {};
  const deps = nodeDeps();
  const spawn = (): WorkerPort => {
    const port = deps.spawn();
    return {
      ...port,
      post(message) {
        if (message.type === "run") firstImage.seconds ??= elapsed();
        port.post(message);
      },
    };
  };
  try {
    for await (const event of runExperiment(spec, {
      models: Object.values(models),
      data,
      dataFolder,
      workers,
      backend: "wasm",
      ...deps,
      spawn,
      signal: new AbortController().signal,
    })) {
      if (event.type === "curve") {
        const { event: found } = event;
        if (found.type === "least-squares") {
          leastSquares.set(found.site, found.penalty);
          leastSquaresSeconds = elapsed();
        }
        if (found.type === "site") tapSeconds.set(found.result.site, elapsed());
      }
      if (event.type === "finished") {
        const { report } = event;
        const seconds = elapsed();
        const memory = endMemory();
        return {
          report,
          seconds,
          tapSeconds,
          leastSquaresSeconds,
          leastSquares,
          memory,
          firstImageSeconds: firstImage.seconds ?? NaN,
        };
      }
    }
  } finally {
    endMemory();
  }
  throw new Error("the experiment ended without a report");
}

export function resultAt(report: Report, tap: number): SiteResult {
  const result = report.curves[0].sites.find((other) => other.site === tap);
  if (!result) throw new Error(`the report lacks tap ${tap}`);
  return result;
}
