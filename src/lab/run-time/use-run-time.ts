/** How long a run of the experiment on the page takes, by this browser's own runs where there were any. */
import { useEffect, useMemo, useRef } from "react";
import { workerCount } from "../engine/worker-count";
import { effectiveBackend, underWay, workbenchOf } from "../session/state";
import { useLabState } from "../view/services";
import { runSeconds, timeWords } from "./about-time";
import { guessedPace, keepPace, keptPace, measuredPace } from "./pace";

/**
 * Returns a function that says how long a run takes; null during one, and where that is not known.
 * Its argument is the index of the only curve to compute; absent for all.
 */
export function useRunTime(): (only?: number) => string | null {
  const state = useLabState();
  const bench = workbenchOf(state);
  const backend = effectiveBackend(state);
  const choice = state.probe.status === "ready" ? state.probe.value : null;
  return useMemo(() => {
    if (bench === null || backend === null || underWay(bench.activity) !== null) return () => null;
    const pace = keptPace(backend) ?? (choice && guessedPace(backend, choice));
    if (pace === null) return () => null;
    const { models, results, address } = bench;
    const machine = { pace, workers: workerCount(backend) };
    return (only?: number) => {
      const seconds = runSeconds(address.spec, models, results, machine, only);
      return seconds === null ? null : timeWords(seconds, pace);
    };
  }, [bench, backend, choice]);
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
