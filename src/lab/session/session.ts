/**
 * The session: holds the state and carries out what changes it. It knows neither React nor the DOM;
 * the engine and the address bar come in as arguments.
 */
import { errorData } from "../../core/errors";
import type { ZooModel } from "../../core/nets/zoo-manifest";
import { readAddress } from "../../experiment/address/address";
import type { LabEngine } from "../engine/engine-types";
import { absentTrainings } from "../engine/models";
import type { AddressBar } from "./address/address-bar";
import { createExperimentAddress, type AddressCommands } from "./address/experiment-address";
import type { SessionContext } from "./context";
import { createUserDataSets, type DataSetCommands } from "./own-files/user-data-sets";
import { createUserModels, type UserModelCommands } from "./own-files/user-models";
import type { LabAction } from "./actions";
import { reduce } from "./reducer";
import type { LeftRunId } from "./runs/left-runs";
import type { RunMemory } from "./runs/run-memory";
import { createRuns, type RunCommands } from "./runs/runs";
import { initialState, workbenchOf, type LabState } from "./state";
import { createStore, type Store } from "./store";
import { createTrainings, type Trainings } from "./trainings/trainings";

export interface Session
  extends Store<LabState>, AddressCommands, RunCommands, UserModelCommands, DataSetCommands {
  readonly trainings: Trainings;
  /** Loads the zoo, lists the visitor's own files and probes the backends; called once. */
  readonly open: () => void;
  /** Opens an unfinished run's experiment and computes what is missing. */
  readonly continueRun: (run: LeftRunId) => void;
  /** Does again whatever failed. */
  readonly retry: () => void;
}

/** @param nowMs time since some fixed point */
export function createSession(
  engine: LabEngine,
  bar: AddressBar,
  memory: RunMemory,
  nowMs: () => number = () => performance.now(),
): Session {
  const store = createStore(initialState);
  const { getSnapshot } = store;
  const dispatch = (action: LabAction): void => store.set(reduce(getSnapshot(), action));
  let zoo: readonly ZooModel[] = [];
  const context: SessionContext = {
    engine,
    getState: getSnapshot,
    dispatch,
    models: () => [...zoo, ...userModels.models()],
  };
  const runs = createRuns(context, memory);
  const address = createExperimentAddress(context, bar, runs, nowMs);
  const userModels = createUserModels(context, runs, address);
  const userDataSets = createUserDataSets(context, runs, address);
  const trainings = createTrainings({
    ...{ engine, memory: memory.trainings, nowMs },
    add: userModels.takeTrained,
    // A run that waits for its network would wait forever.
    failed: () => dispatch({ type: "run-queued", run: null }),
  });

  /** Trains what a run that was asked for waits for. */
  function trainQueued(): void {
    const { queued } = getSnapshot();
    const bench = workbenchOf(getSnapshot());
    if (queued === null || bench === null) return;
    for (const spec of absentTrainings(bench.address.spec, bench.models)) trainings.start(spec);
  }

  async function loadZoo(): Promise<void> {
    dispatch({ type: "zoo-loading" });
    try {
      zoo = (await engine.zoo()).models;
      address.read();
      runs.watchOffer();
    } catch (thrown) {
      dispatch({ type: "zoo-failed", error: errorData(thrown, "the list of networks") });
    }
  }

  async function probe(): Promise<void> {
    dispatch({ type: "probing" });
    try {
      dispatch({ type: "probed", choice: await engine.probe() });
      address.show();
      runs.refresh();
    } catch (thrown) {
      dispatch({ type: "probe-failed", error: errorData(thrown, "backend detection") });
    }
  }

  return {
    getSnapshot,
    subscribe: store.subscribe,
    ...address.commands,
    ...runs.commands,
    ...userModels.commands,
    ...userDataSets.commands,
    trainings,
    run() {
      runs.commands.run();
      trainQueued();
    },
    runCurve(curve) {
      runs.commands.runCurve(curve);
      trainQueued();
    },
    open() {
      address.follow(() => {
        if (userModels.areAsked()) void userModels.list();
        if (userDataSets.areAsked()) void userDataSets.list();
      });
      if (address.isBare()) runs.offerLatest();
      void loadZoo();
      void userModels.list();
      void userDataSets.list();
      void probe();
    },
    continueRun(run) {
      if (runs.isUnderWay()) return;
      const { spec, backend } = readAddress(run.key, context.models());
      const { probe: found } = getSnapshot();
      // What the probe chooses anyway is not written into the address.
      const isChosen = found.status === "ready" && found.value.chosen === backend;
      runs.continueOnceOpened(run);
      address.open({ spec, backend: isChosen ? null : backend });
    },
    retry() {
      if (getSnapshot().workbench.status === "failed") void loadZoo();
      if (getSnapshot().probe.status === "failed") void probe();
      runs.retry();
    },
  };
}
