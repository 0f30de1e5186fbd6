/**
 * The session: holds the state and carries out what changes it. It knows neither React nor the DOM;
 * the engine and the address bar come in as arguments.
 */
import { errorData } from "../../core/errors";
import type { ZooModel } from "../../core/nets/zoo-manifest";
import type { StoredDataSet } from "../../engine/user-data-set";
import { readAddress, writeAddress, type AddressReading } from "../../experiment/address";
import type { Address } from "../../experiment/address-parameters/parameter";
import type { BackendName, Report } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { LabEngine } from "../engine/engine-types";
import type { GivenImages } from "../engine/own-images/messages";
import type { GivenFile } from "../engine/validate-file";
import type { AddressBar } from "./address/address-bar";
import {
  absentDataSet,
  dataChoiceOf,
  dataChoices,
  withData,
  withinData,
  type DataChoice,
} from "./experiment/data-choice";
import { withoutModel } from "./experiment/edits";
import { createHistorySteps } from "./address/history-steps";
import { absentFiles, type LabModel } from "../engine/models";
import { createUserModels } from "./own-files/user-models";
import { openingHash } from "./experiment/preset";
import { reduce, type LabAction } from "./reducer";
import type { LeftRun, LeftRunId } from "./runs/left-runs";
import type { RunMemory, UnfinishedRun } from "./runs/run-memory";
import {
  effectiveBackend,
  experimentKey,
  initialState,
  underWay,
  workbenchOf,
  type LabState,
  type UnderWay,
} from "./state";
import { createStore, type Store } from "./store";
import { createWork, type ExperimentRequest } from "./runs/work";

/** From one spec to the next, given the networks that are here. */
export type Edit = (spec: Spec, models: readonly LabModel[]) => Spec;

export interface Session extends Store<LabState> {
  /** Loads the zoo, lists the visitor's own networks and probes the backends; called once. */
  readonly open: () => void;
  readonly change: (edit: Edit) => void;
  /** Opens a past experiment with its whole report, whatever is stored of it here. */
  readonly openReport: (report: Report) => void;
  /** Null leaves the choice to the probe. */
  readonly chooseBackend: (backend: BackendName | null) => void;
  /** Computes the experiment, at once or when a backend is found. */
  readonly run: () => void;
  /** Computes one curve and no other. @param curve index among the experiment's */
  readonly runCurve: (curve: number) => void;
  /** Unfinished runs of this browser, but not the one under way; the latest first. */
  readonly leftRuns: () => readonly LeftRun[];
  /** Opens an unfinished run's experiment and computes what is missing. */
  readonly continueRun: (run: LeftRunId) => void;
  /** Takes one off the list, or all; what is stored of them stays. */
  readonly forgetRun: (run: LeftRunId | "all") => void;
  readonly dismissOffer: () => void;
  /** Pauses the run at its next step, in whichever tab it is. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  /** Does again whatever failed. */
  readonly retry: () => void;
  readonly dismissProblems: () => void;
  /**
   * Takes files in as networks of the visitor's own.
   *
   * @param anyNetwork even if the address asks for a certain file
   */
  readonly giveFiles: (files: readonly GivenFile[], anyNetwork: boolean) => void;
  /** Forgets one of the visitor's own networks; not while a run is under way. */
  readonly removeUserModel: (id: string) => void;
  /** Opens the way in for images; null where none are given yet. */
  readonly giveImages: (given: GivenImages | null) => void;
  /** Closes it. @param taken the data set that the images are now; null where they were not taken */
  readonly endImages: (taken: StoredDataSet | null) => void;
  readonly chooseData: (choice: DataChoice) => void;
  /** Forgets one of the visitor's own data sets; not while a run is under way. */
  readonly removeDataSet: (ref: string) => void;
  /** Fits a linear head to a trunk that was given, by its SHA-256, on the experiment's images. */
  readonly fitHead: (trunk: string) => void;
  readonly cancelFit: () => void;
  /** What was said of files is read; trunks and heads among them are forgotten. */
  readonly dismissModelImport: () => void;
  /** The whole address of the experiment as it is set up; null while there is none. */
  readonly url: () => string | null;
}

export function createSession(
  engine: LabEngine,
  bar: AddressBar,
  memory: RunMemory,
  nowMs: () => number = () => performance.now(),
): Session {
  const steps = createHistorySteps(nowMs);
  const store = createStore(initialState);
  const { getSnapshot } = store;
  const work = createWork(engine, memory, dispatch);
  /**
   * The run that a reload interrupted, or that is to continue, until it is known whether it is the
   * address's.
   */
  let unfinished: (UnfinishedRun & Partial<LeftRunId>) | null = memory.read();
  let zoo: readonly ZooModel[] = [];
  /** Reports that were opened, by their experiments' addresses: Back and Forward show them, too. */
  const reports = new Map<string, Report>();
  /** The hash as it was last read or written. */
  let known = bar.hash();
  const userModels = createUserModels(engine, dispatch, showUserModels);
  const models = (): readonly LabModel[] => [...zoo, ...userModels.models()];

  function dispatch(action: LabAction): void {
    store.set(reduce(getSnapshot(), action));
  }

  /** What a run would compute now; null where nothing can be computed. */
  function order(): ExperimentRequest | null {
    const spec = workbenchOf(getSnapshot())?.address.spec;
    const backend = effectiveBackend(getSnapshot());
    const key = experimentKey(getSnapshot());
    return spec === undefined || backend === null || key === null ? null : { spec, backend, key };
  }

  /** Shows what is stored for the current experiment, unless all of it is shown already. */
  function refresh(): void {
    const next = order();
    if (next === null || next.key === work.key()) return;
    const interrupted = unfinished;
    unfinished = null;
    if (interrupted && currentKey(interrupted.key) === next.key) {
      const { only = null, paused } = interrupted;
      work.run({ ...next, ...(only !== null && { only }) }, paused);
    } else if (workbenchOf(getSnapshot())?.results.report === null) work.restore(next);
  }

  /** Returns an experiment's key as it is written today; an earlier version may have written it. */
  function currentKey(key: string): string {
    const { spec, backend } = readAddress(key, models());
    return writeAddress({ spec, backend });
  }

  /**
   * The address bar follows the experiment, without a step in the history, except while it holds something that could not be read,
   * or an address that the visitor has just entered and that is not read yet.
   */
  function showAddress(): void {
    const bench = workbenchOf(getSnapshot());
    if (bench === null || bench.problems.length > 0 || bar.hash() !== known) return;
    const hash = writeAddress(bench.address);
    if (hash !== known) write(hash, "replace");
  }

  function write(hash: string, how: "push" | "replace"): void {
    bar[how](hash);
    known = bar.hash();
  }

  /** One of which nothing can be read opens the opening figure. */
  function reading(hash: string): AddressReading {
    const found = readAddress(hash, models());
    if (!found.unreadable) return found;
    return { ...readAddress(openingHash(models()), models()), problems: found.problems };
  }

  function readBar(): void {
    // Whatever is under way belongs to the address that is gone.
    work.drop();
    steps.interrupt();
    known = bar.hash();
    const hash = known.replace(/^#/, "") === "" ? openingHash(models()) : known;
    const { problems, unreadable, ...address } = reading(hash);
    const { spec, backend } = address;
    const report = reports.get(writeAddress({ spec, backend }));
    dispatch({ type: "opened", models: models(), address, problems, ...(report && { report }) });
    showAddress();
    refresh();
  }

  /** SHA-256 of the files that the experiment names and that are not here. */
  function asked(): readonly string[] {
    const bench = workbenchOf(getSnapshot());
    if (bench === null) return [];
    return absentFiles(bench.address.spec, bench.models).map(({ sha256 }) => sha256);
  }

  function showUserModels(): void {
    const here = userModels.models().map(({ id }) => id);
    const bench = workbenchOf(getSnapshot());
    const known = bench?.models.map(({ id }) => id) ?? [];
    const isAsked = (id: string): boolean => here.includes(id) && !known.includes(id);
    // Only now can the rest of the address, such as its sites, be checked against the network.
    if (bench?.address.spec.curves.some(({ top, bottom }) => isAsked(top) || isAsked(bottom))) {
      readBar();
    } else dispatch({ type: "models-changed", models: models() });
  }

  async function listUserModels(): Promise<void> {
    await userModels.look();
    dispatch({ type: "user-models-listed" });
  }

  const dataSets = (): readonly StoredDataSet[] => getSnapshot().dataSets ?? [];

  /** Whether the experiment's images are not here. */
  function lacksImages(): boolean {
    const spec = workbenchOf(getSnapshot())?.address.spec;
    return spec !== undefined && absentDataSet(spec, dataSets()) !== null;
  }

  async function listDataSets(): Promise<void> {
    const lacked = lacksImages();
    dispatch({ type: "data-sets-listed", dataSets: await engine.userDataSets() });
    // Only now can it be known what is stored of the experiment.
    if (lacked && !lacksImages()) refresh();
  }

  function chooseData(choice: DataChoice): void {
    changeAddress(({ spec, backend }, all) => {
      if (spec.data === choice.ref) return { spec, backend };
      const next = withData(spec, choice, dataChoiceOf(spec, dataSets()), all);
      return { spec: next, backend };
    });
  }

  function changeAddress(edit: (address: Address, models: readonly LabModel[]) => Address): void {
    const bench = workbenchOf(getSnapshot());
    if (bench === null) return;
    const address = edit(bench.address, bench.models);
    const hash = writeAddress(address);
    if (hash === writeAddress(bench.address)) return;
    dispatch({ type: "changed", address });
    write(hash, steps.isStep(bench.address, address) ? "push" : "replace");
    if (experimentKey(getSnapshot()) === work.key()) return;
    work.drop();
    refresh();
  }

  async function loadZoo(): Promise<void> {
    dispatch({ type: "zoo-loading" });
    try {
      zoo = (await engine.zoo()).models;
      readBar();
    } catch (thrown) {
      dispatch({ type: "zoo-failed", error: errorData(thrown, "the list of networks") });
    }
  }

  async function probe(): Promise<void> {
    dispatch({ type: "probing" });
    try {
      const choice = await engine.probe();
      const { queued } = getSnapshot();
      dispatch({ type: "probed", choice });
      showAddress();
      refresh();
      if (queued !== null) run(queued.only);
    } catch (thrown) {
      dispatch({ type: "probe-failed", error: errorData(thrown, "backend detection") });
    }
  }

  function running(): UnderWay | null {
    const bench = workbenchOf(getSnapshot());
    return bench === null ? null : underWay(bench.activity);
  }

  function run(only: number | null): void {
    if (running() !== null) return;
    const next = order();
    if (next !== null) work.run({ ...next, ...(only !== null && { only }) }, false);
    else if (effectiveBackend(getSnapshot()) === null) {
      dispatch({ type: "run-queued", run: { only } });
    }
  }

  function retry(): void {
    if (getSnapshot().workbench.status === "failed") void loadZoo();
    if (getSnapshot().probe.status === "failed") void probe();
    const activity = workbenchOf(getSnapshot())?.activity;
    if (activity?.status !== "failed") return;
    if (activity.during === "run") run(null);
    else {
      work.drop();
      refresh();
    }
  }

  return {
    getSnapshot,
    subscribe: store.subscribe,
    open() {
      bar.onChange(() => {
        if (workbenchOf(getSnapshot()) === null) return;
        readBar();
        if (asked().length > 0) void listUserModels();
        if (lacksImages()) void listDataSets();
      });
      const isBare = bar.hash().replace(/^#/, "") === "";
      if (isBare && unfinished === null) {
        const run = memory.left.list().find(({ cancelled }) => !cancelled);
        dispatch({ type: "offered", run: run ?? null });
      }
      void loadZoo();
      void listUserModels();
      void listDataSets();
      void probe();
    },
    change(edit) {
      changeAddress((address, models) => {
        const { spec, backend } = address;
        const edited = edit(spec, models);
        const next = { spec: withinData(edited, dataChoiceOf(edited, dataSets())), backend };
        // What its author found is of this experiment and no other.
        return writeAddress(next) === writeAddress({ spec, backend }) ? address : next;
      });
    },
    openReport(report) {
      const { spec, backend } = report;
      const hash = writeAddress({ spec, backend });
      reports.set(hash, report);
      if (hash !== bar.hash()) write(hash, "push");
      readBar();
    },
    chooseBackend(backend) {
      changeAddress((address) => ({ ...address, backend }));
    },
    run: () => run(null),
    runCurve: run,
    leftRuns() {
      const now = running() === null ? null : work.key();
      return memory.left.list().filter(({ key }) => key !== now);
    },
    continueRun({ key, only }) {
      if (running() !== null) return;
      const { spec, backend } = readAddress(key, models());
      const { probe: found } = getSnapshot();
      // What the probe chooses anyway is not written into the address.
      const isChosen = found.status === "ready" && found.value.chosen === backend;
      const hash = writeAddress({ spec, backend: isChosen ? null : backend });
      dispatch({ type: "offered", run: null });
      unfinished = { key, only, paused: false };
      if (hash !== bar.hash()) write(hash, "push");
      readBar();
    },
    forgetRun(run) {
      if (run === "all") memory.left.clear();
      else memory.left.forget(run);
    },
    dismissOffer() {
      dispatch({ type: "offered", run: null });
    },
    cancel() {
      if (running() !== null) work.cancel();
    },
    pause() {
      if (running()?.status === "running") work.setPaused(true);
    },
    resume() {
      const status = running()?.status;
      if (status === "paused" || status === "pausing") work.setPaused(false);
    },
    retry,
    dismissProblems() {
      dispatch({ type: "problems-dismissed" });
      showAddress();
    },
    giveFiles(files, anyNetwork) {
      void userModels.give(files, anyNetwork ? () => [] : asked);
    },
    removeUserModel(id) {
      if (running() !== null) return;
      changeAddress(({ spec, backend }, all) => ({ spec: withoutModel(spec, id, all), backend }));
      void userModels.remove(id);
    },
    giveImages(given) {
      dispatch({ type: "images-given", imageImport: { given } });
    },
    endImages(taken) {
      dispatch({ type: "images-given", imageImport: null });
      if (!taken) return;
      void listDataSets().then(() => {
        const choice = dataChoices(dataSets()).find(({ ref }) => ref === taken.ref);
        if (choice && running() === null) chooseData(choice);
      });
    },
    chooseData,
    removeDataSet(ref) {
      if (running() !== null) return;
      const [usual] = dataChoices([]);
      if (usual && workbenchOf(getSnapshot())?.address.spec.data === ref) chooseData(usual);
      void engine.removeDataSet(ref).then(listDataSets);
    },
    fitHead(trunk) {
      const backend = effectiveBackend(getSnapshot());
      const spec = workbenchOf(getSnapshot())?.address.spec;
      if (backend !== null && spec) userModels.fitHead(trunk, spec.data, backend);
    },
    cancelFit: userModels.cancelFit,
    dismissModelImport() {
      userModels.forgetParts();
      dispatch({ type: "model-import-dismissed" });
    },
    url() {
      const bench = workbenchOf(getSnapshot());
      return bench === null ? null : bar.url(writeAddress(bench.address));
    },
  };
}
