/** Begins, resumes and ends the computation of the experiment that is set up. */
import { readAddress, writeAddress } from "../../../experiment/address/address";
import { curvesOf, specOf } from "../../../experiment/spec";
import type { SessionContext } from "../context";
import {
  awaitsInputs,
  effectiveBackend,
  experimentKey,
  underWay,
  workbenchOf,
  type UnderWay,
} from "../state";
import type { LeftRun, LeftRunId } from "./left-runs";
import type { RunMemory, UnfinishedRun } from "./run-memory";
import { createWork, type ExperimentRequest } from "./work";

/** What the page asks of runs. */
export interface RunCommands {
  /** Computes the experiment, at once or when everything that it needs is known. */
  readonly run: () => void;
  /** Computes one curve and no other. @param curve index among the experiment's */
  readonly runCurve: (curve: number) => void;
  /** Pauses the run at its next step, in whichever tab it is. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  /** Unfinished runs of this browser, but not the one under way; the latest first. */
  readonly leftRuns: () => readonly LeftRun[];
  /** Takes one off the list, or all; what is stored of them stays. */
  readonly forgetRun: (run: LeftRunId | "all") => void;
  readonly dismissOffer: () => void;
}

export interface Runs {
  readonly commands: RunCommands;
  readonly isUnderWay: () => boolean;
  /** Ends whatever is under way. */
  readonly drop: () => void;
  /**
   * Begins what the experiment waits for, if it can be computed now: the run that was interrupted
   * or asked for, else showing what is stored, unless all of it is shown.
   */
  readonly refresh: () => void;
  /** Ends what is under way and refreshes, unless it is the experiment's already. */
  readonly followExperiment: () => void;
  /** Does again what failed. */
  readonly retry: () => void;
  /** Offers to continue the latest unfinished run, until one begins. */
  readonly offerLatest: () => void;
  /** Withdraws the offer once another tab computes what it is of. Call it when the zoo is known. */
  readonly watchOffer: () => void;
  /** Lets an unfinished run begin once its experiment is opened. */
  readonly continueOnceOpened: (run: LeftRunId) => void;
}

export function createRuns(context: SessionContext, memory: RunMemory): Runs {
  const { engine, getState, dispatch, models } = context;
  const work = createWork(engine, memory, dispatch);
  /** The run that a reload interrupted, or that is to continue, until an experiment is opened. */
  let unfinished: (UnfinishedRun & Partial<LeftRunId>) | null = memory.read();

  function current(): UnderWay | null {
    const bench = workbenchOf(getState());
    return bench === null ? null : underWay(bench.activity);
  }
  const isUnderWay = (): boolean => current() !== null;

  /** What a run would compute now; null where nothing can be computed. */
  function request(): ExperimentRequest | null {
    const spec = workbenchOf(getState())?.address.spec;
    const backend = effectiveBackend(getState());
    const key = experimentKey(getState());
    return spec === undefined || backend === null || key === null ? null : { spec, backend, key };
  }

  function compute(whole: ExperimentRequest, only: number | null, paused: boolean): void {
    work.run({ ...whole, ...(only !== null && { only }) }, paused);
  }

  /** Returns an experiment's key as it is written today; an earlier version may have written it. */
  function keyToday(key: string): string {
    const { spec, backend } = readAddress(key, models());
    return writeAddress({ spec, backend });
  }

  function refresh(): void {
    const next = request();
    if (next === null || next.key === work.key()) return;
    const interrupted = unfinished;
    unfinished = null;
    const { queued } = getState();
    if (interrupted && keyToday(interrupted.key) === next.key) {
      compute(next, interrupted.only ?? null, interrupted.paused);
    } else if (queued !== null) compute(next, queued.only, false);
    else if (workbenchOf(getState())?.results.report === null) work.restore(next);
  }

  function run(only: number | null): void {
    if (isUnderWay()) return;
    const next = request();
    if (next !== null) compute(next, only, false);
    else if (awaitsInputs(getState())) dispatch({ type: "run-queued", run: { only } });
  }

  const watch = new AbortController();
  function endOffer(): void {
    watch.abort();
    dispatch({ type: "offered", run: null });
  }

  const commands: RunCommands = {
    run: () => run(null),
    runCurve: run,
    pause() {
      if (current()?.status === "running") work.setPaused(true);
    },
    resume() {
      const status = current()?.status;
      if (status === "paused" || status === "pausing") work.setPaused(false);
    },
    cancel() {
      if (isUnderWay()) work.cancel();
    },
    leftRuns() {
      const now = isUnderWay() ? work.key() : null;
      return memory.left.list().filter(({ key }) => key !== now);
    },
    forgetRun(left) {
      if (left === "all") memory.left.clear();
      else memory.left.forget(left);
    },
    dismissOffer: () => endOffer(),
  };

  return {
    commands,
    isUnderWay,
    drop: work.drop,
    refresh,
    followExperiment() {
      if (experimentKey(getState()) === work.key()) return;
      work.drop();
      refresh();
    },
    retry() {
      const activity = workbenchOf(getState())?.activity;
      if (activity?.status !== "failed") return;
      if (activity.during === "run") run(null);
      else {
        work.drop();
        refresh();
      }
    },
    offerLatest() {
      const latest = memory.left.list().find(({ cancelled }) => !cancelled);
      dispatch({ type: "offered", run: latest ?? null });
    },
    watchOffer() {
      const { offer } = getState();
      if (offer === null) return;
      const { spec, backend } = readAddress(offer.key, models());
      if (backend === null) return;
      const curve = offer.only === null ? undefined : curvesOf(spec)[offer.only];
      const computed = engine.isComputedInAnotherTab(
        curve === undefined ? spec : specOf(curve),
        backend,
        watch.signal,
      );
      void computed.then((isComputed) => {
        if (isComputed) endOffer();
      });
    },
    continueOnceOpened({ key, only }) {
      endOffer();
      unfinished = { key, only, paused: false };
    },
  };
}
