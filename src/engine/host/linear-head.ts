/** Has a worker fit a linear head to a trunk. */
import { cancelled } from "../../experiment/events";
import { askWorker } from "../ask-worker";
import type { HeadFit, HeadRequest } from "../linear-head";
import type { SpawnWorker } from "../messages";

export interface FitProgress {
  /** Share of the work that is done, in [0, 1]. */
  readonly fraction: number;
  readonly activity: string;
}

/** @throws LabError as the worker does; `cancelled` once `signal` aborts */
export async function fitLinearHead(
  request: HeadRequest,
  spawn: SpawnWorker,
  report: (progress: FitProgress) => void,
  signal: AbortSignal,
): Promise<HeadFit> {
  if (signal.aborted) throw cancelled();
  return askWorker(spawn, {
    messages: [{ type: "fit-head", request }],
    answerOf(message) {
      if (message.type === "progress") report(message);
      return message.type === "head-fitted" ? message.fit : undefined;
    },
    input: request.trunk.name,
    expected: "a worker that fits its head",
    signal,
  });
}
