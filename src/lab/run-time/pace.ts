/** How much work a worker does in a second: measured by a run of this browser, or by what is known. */
import type { BackendChoice } from "../../engine/probe-result";
import type { BackendName, Report } from "../../experiment/report";
import { batchSize } from "../../experiment/protocol";
import { curvesOf } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { pairOf } from "../session/experiment/pair";
import { stitchWork } from "./experiment-work";

/** Multiply-adds a second, as `network-cost.ts` counts them. */
export interface Pace {
  readonly workPerSecond: number;
  /** Whether a run may well be faster. */
  readonly isLowerBound: boolean;
}

/** WebAssembly, on each of the two CPU cores that the figures were recorded on. */
export const referenceWorkPerSecond = 80e9;

/** Returns the pace of a worker in a run; null where it trained nothing. */
export function measuredPace({ spec, curves }: Report, models: readonly LabModel[]): number | null {
  const paces = curvesOf(spec).flatMap((curve, index) => {
    const pair = pairOf(curve, models);
    if (pair === null) return [];
    return (curves[index]?.sites ?? []).flatMap(({ site, steps, seconds }) =>
      seconds === null || seconds === 0 || steps === 0
        ? []
        : [stitchWork(curve, pair, site, steps * batchSize) / seconds],
    );
  });
  // A median: a laptop that slept, or a pause, makes one stitch take hours.
  return paces.sort((a, b) => a - b)[Math.floor(paces.length / 2)] ?? null;
}

/** Returns the pace of a backend on which this browser has not run; null where it cannot be guessed. */
export function guessedPace(backend: BackendName, choice: BackendChoice): Pace | null {
  if (backend === "wasm") return { workPerSecond: referenceWorkPerSecond, isLowerBound: false };
  const timeOf = (name: BackendName): number | null =>
    choice.probes.find((probe) => probe.backend === name)?.elapsedMs ?? null;
  const [here, wasm] = [timeOf(backend), timeOf("wasm")];
  if (here === null || wasm === null || here === 0) return null;
  // The probe's gradient is so small that a GPU is never busy with it.
  return { workPerSecond: (referenceWorkPerSecond * wasm) / here, isLowerBound: true };
}

/** Runs of stitches on a backend, or trainings of networks. */
type Paced = BackendName | "training";

const place = (of: Paced): string => `stitch-lab-pace-${of}`;

/** Returns what `keepPace` kept; null where nothing was. */
export function keptPace(of: Paced): Pace | null {
  try {
    const workPerSecond = Number(window.localStorage.getItem(place(of)));
    if (!Number.isFinite(workPerSecond) || workPerSecond <= 0) return null;
    return { workPerSecond, isLowerBound: false };
  } catch {
    return null;
  }
}

export function keepPace(of: Paced, workPerSecond: number): void {
  try {
    window.localStorage.setItem(place(of), String(workPerSecond));
  } catch {
    // Measured again by the next run.
  }
}
