/** How long a run of the experiment on the page takes, by this browser's own runs where there were any. */
import { useEffect, useMemo, useRef } from "react";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { workerCount } from "../engine/worker-count";
import {
  effectiveBackend,
  underWay,
  workbenchOf,
  type LabState,
  type Workbench,
} from "../session/state";
import { emptyResults } from "../session/results/results";
import { useLabState } from "../view/services";
import { runSeconds, timeWords } from "./about-time";
import { networkWork, type CostedNetwork } from "./network-cost";
import { guessedPace, keepPace, keptPace, measuredPace, type Pace } from "./pace";

/** Says how long a run takes; null where that is not known. @param only as in `runSeconds` */
type RunTime = (only?: number) => string | null;

/** Returns what says how long a run takes; it says nothing during one. */
export function useRunTime(): RunTime {
  const state = useLabState();
  const bench = workbenchOf(state);
  const backend = effectiveBackend(state);
  const { probe } = state;
  return useMemo(() => runTimeOf(bench, backend, probe), [bench, backend, probe]);
}

/** How long anything takes on the backend that would run; null where that is not known. */
export interface Estimates {
  /**
   * A run of the page's experiment once it is changed.
   *
   * @param models with those that are not taken yet; by default those that are here
   */
  readonly run: (spec: Spec, models?: readonly LabModel[]) => string | null;
  /** The fit of a linear head. @param images that the trunk reads, training and test */
  readonly fit: (trunk: CostedNetwork, images: number) => string | null;
}

export function useEstimates(): Estimates {
  const state = useLabState();
  const bench = workbenchOf(state);
  const backend = effectiveBackend(state);
  const pace = backend && paceOf(backend, state.probe);
  if (bench === null || backend === null || pace === null) {
    return { run: () => null, fit: () => null };
  }
  const machine = { pace, workers: workerCount(backend) };
  const inWords = (seconds: number | null): string | null =>
    seconds === null ? null : timeWords(seconds, pace);
  return {
    run: (spec, models = bench.models) => inWords(runSeconds(spec, models, emptyResults, machine)),
    fit(trunk, images) {
      const work = networkWork(trunk).reduce((sum, part) => sum + part, 0);
      return inWords((work * images) / pace.workPerSecond);
    },
  };
}

function paceOf(backend: BackendName, probe: LabState["probe"]): Pace | null {
  const choice = probe.status === "ready" ? probe.value : null;
  return keptPace(backend) ?? (choice && guessedPace(backend, choice));
}

function runTimeOf(
  bench: Workbench | null,
  backend: BackendName | null,
  probe: LabState["probe"],
): RunTime {
  const unknown = (): null => null;
  if (bench === null || backend === null || underWay(bench.activity) !== null) return unknown;
  const pace = paceOf(backend, probe);
  if (pace === null) return unknown;
  const { models, results, address } = bench;
  const machine = { pace, workers: workerCount(backend) };
  return (only) => {
    const seconds = runSeconds(address.spec, models, results, machine, only);
    return seconds === null ? null : timeWords(seconds, pace);
  };
}

/** Keeps the pace of every run that this tab finishes. */
export function useMeasuredPace(): void {
  const bench = workbenchOf(useLabState());
  const ran = useRef(false);
  const running = bench === null ? null : underWay(bench.activity);
  const report = bench?.results.report ?? null;
  const models = bench?.models;
  useEffect(() => {
    if (running !== null) ran.current = running.where === "here";
    else if (ran.current) {
      ran.current = false;
      const pace = report && models && measuredPace(report, models);
      if (report && pace) keepPace(report.backend, pace);
    }
  }, [running, report, models]);
}
