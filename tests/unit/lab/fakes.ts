/**
 * Stand-ins for what the page gives a session: an engine that tells what a test says, and an
 * address bar.
 */
import { LabError } from "../../../src/core/errors";
import type { ZooManifest, ZooModel } from "../../../src/core/nets/zoo-manifest";
import type { BackendChoice } from "../../../src/engine/probe-result";
import type { PauseSignal } from "../../../src/engine/pause-signal";
import type { SharedEvent } from "../../../src/engine/host/tabs/shared-run";
import type { DataForm } from "../../../src/core/data/form";
import type { StoredDataSet } from "../../../src/engine/user-data-set";
import type { FilePart, StoredModel, UserModel } from "../../../src/engine/user-model";
import { cancelled, type ExperimentEvent, type ResultEvent } from "../../../src/experiment/events";
import type {
  BackendName,
  CurveReport,
  ModelResult,
  Report,
  SiteResult,
} from "../../../src/experiment/report";
import type { Curve, Spec } from "../../../src/experiment/spec";
import type { TrainingSpec } from "../../../src/experiment/training/spec";
import type {
  LabEngine,
  PageTrainingEvent,
  RunControl,
  TrainControl,
} from "../../../src/lab/engine/engine-types";
import type { FitControl } from "../../../src/lab/engine/file-parts";
import type { Reading } from "../../../src/core/onnx/reading";
import type { GivenFile, ImportWish } from "../../../src/lab/engine/validate-file";
import { browserLeftRuns } from "../../../src/lab/session/runs/left-runs";
import { browserTrainingMemory } from "../../../src/lab/session/trainings/training-memory";
import type { RunMemory, UnfinishedRun } from "../../../src/lab/session/runs/run-memory";
import type { AddressBar } from "../../../src/lab/session/address/address-bar";

export function model(id: string): ZooModel {
  const resnet = id.startsWith("resnet");
  return {
    id,
    file: `${id}.safetensors`,
    sizeBytes: 1_416_452,
    sha256: "0".repeat(64),
    architecture: resnet
      ? { family: "resnet", blocks: [2, 2, 2, 2], width: 16 }
      : { family: "myrtle", width: 16 },
    summary: "Trained on all images.",
    testError: 0.1,
    testImages: 10_000,
    training: { recipe: "r", seed: 0, data: "all", epochs: 1, seconds: 1, hardware: "h" },
  };
}

export const zoo: ZooManifest = {
  version: 1,
  models: ["resnet18-w16-s0", "resnet18-w16-s1", "myrtle-w16-s0", "myrtle-w16-s1"].map(model),
};

export const choice: BackendChoice = {
  chosen: "wasm",
  reason: "the fastest that works",
  probes: [probe("webgpu", false), probe("webgl", false), probe("wasm", true), probe("cpu", true)],
};

function probe(backend: BackendName, usable: boolean): BackendChoice["probes"][number] {
  const reason = usable ? "works" : "no adapter";
  return {
    backend,
    usable,
    adapter: null,
    software: false,
    elapsedMs: usable ? 5 : null,
    relativeDifference: usable ? 0 : null,
    reason,
  };
}

export function modelResult(id: string, testError: number): ModelResult {
  return { id, sha256: "0".repeat(64), testError, testErrorStandardError: 0.01 };
}

export function siteResult(site: number, fields: Partial<SiteResult> = {}): SiteResult {
  return {
    site,
    name: site === 0 ? "stem" : `block ${site}`,
    testError: 0.15,
    penalty: 0.05,
    penaltyStandardError: 0.01,
    cka: 0.8,
    similarity: { linearCka: 0.8, svcca: null },
    leastSquaresTestError: 0.25,
    leastSquaresPenaltyStandardError: 0.02,
    leastSquaresR2: 0.7,
    leastSquaresRidge: 1e-6,
    condition: 100,
    deadChannels: 0,
    refinement: null,
    steps: 15,
    finalTrainLoss: 0.3,
    seconds: 2,
    ...fields,
  };
}

export function report(spec: Spec, sites: readonly SiteResult[]): Report {
  return {
    format: "stitch-lab-report-3",
    spec,
    backend: "wasm",
    adapter: null,
    curves: [curveReport(spec.curves[0], sites)],
  };
}

export function curveReport(
  { top, bottom }: Pick<Curve, "top" | "bottom">,
  sites: readonly SiteResult[],
): CurveReport {
  return { top: modelResult(top, 0.1), bottom: modelResult(bottom, 0.12), sites: [...sites] };
}

/** Something found out of a curve; of the first one unless said otherwise. */
export function found(event: ResultEvent, curve = 0): ExperimentEvent {
  return { type: "curve", curve, event };
}

/** Events that a test sends by hand, in the order sent. */
export class Channel<Event> implements AsyncIterable<Event> {
  private readonly sent: (() => IteratorResult<Event>)[] = [];
  private wake: () => void = () => undefined;

  send(...events: Event[]): void {
    for (const value of events) this.sent.push(() => ({ done: false, value }));
    this.wake();
  }

  end(): void {
    this.sent.push(() => ({ done: true, value: undefined }));
    this.wake();
  }

  fail(error: Error): void {
    this.sent.push(() => {
      throw error;
    });
    this.wake();
  }

  [Symbol.asyncIterator](): AsyncIterator<Event> {
    return {
      next: async () => {
        while (this.sent.length === 0) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
        const take = this.sent.shift();
        return take === undefined ? { done: true, value: undefined } : take();
      },
    };
  }
}

export interface Call {
  readonly spec: Spec;
  readonly backend: BackendName;
  readonly events: Channel<SharedEvent>;
  readonly signal: AbortSignal | null;
  readonly pause: PauseSignal | null;
}

/** An engine whose every answer a test gives, and that remembers what it was asked. */
export class ScriptedEngine implements LabEngine {
  readonly restores: Call[] = [];
  readonly runs: Call[] = [];
  /** Called when it is asked what is stored. */
  onRestore: (call: Call) => void = () => undefined;
  zooAnswers: (() => Promise<ZooManifest>)[] = [() => Promise.resolve(zoo)];
  /** Another tab begins to compute what was asked about last. */
  computeElsewhere: () => void = () => undefined;
  /** Experiments of which it was asked whether another tab computes them. */
  readonly watched: Spec[] = [];
  probeAnswers: (() => Promise<BackendChoice>)[] = [() => Promise.resolve(choice)];

  /** What is stored of the visitor's own networks. */
  shelf: StoredModel[] = [];
  /** What examining a file by its name gives; any other is refused. */
  readonly networks = new Map<string, StoredModel>();

  userModels(): Promise<readonly StoredModel[]> {
    return Promise.resolve([...this.shelf]);
  }

  /** What trunks and heads by their names are. */
  readonly parts = new Map<string, FilePart>();
  /** Networks that joining or fitting gives, by the trunk's hash. */
  readonly joinedNetworks = new Map<string, StoredModel>();
  readonly fits: {
    base: string;
    data: string | undefined;
    backend: BackendName;
    control: FitControl;
  }[] = [];

  joinHead(trunk: string): Promise<UserModel> {
    const network = this.joinedNetworks.get(trunk);
    return network ? Promise.resolve(network) : Promise.reject(refusal("bad-shape", trunk));
  }

  keepTrunk(trunk: string): Promise<StoredModel> {
    const network = this.joinedNetworks.get(trunk);
    return network ? Promise.resolve(network) : Promise.reject(refusal("bad-shape", trunk));
  }

  fitHead(
    base: string,
    data: string | undefined,
    backend: BackendName,
    control: FitControl,
  ): Promise<StoredModel> {
    this.fits.push({ base, data, backend, control });
    return new Promise((resolve, reject) => {
      control.signal.addEventListener("abort", () => reject(cancelled()));
      const network = this.joinedNetworks.get(base);
      if (network) resolve(network);
    });
  }

  readonly trainings: {
    spec: TrainingSpec;
    control: TrainControl;
    events: Channel<PageTrainingEvent>;
  }[] = [];

  train(spec: TrainingSpec, control: TrainControl): AsyncIterable<PageTrainingEvent> {
    const events = new Channel<PageTrainingEvent>();
    this.trainings.push({ spec, control, events });
    control.signal.addEventListener("abort", () => events.fail(cancelled()));
    return events;
  }

  /** SHA-256 of files that were not taken. */
  readonly forgotten: string[] = [];

  forgetFiles(hashes: readonly string[]): void {
    this.forgotten.push(...hashes);
  }

  /** What each network becomes when it is read again. */
  readings = new Map<string, StoredModel>();

  readonly readAgains: Reading[] = [];

  readAgain({ sha256 }: StoredModel, reading: Reading): Promise<StoredModel> {
    this.readAgains.push(reading);
    const network = this.readings.get(sha256);
    if (network === undefined) return Promise.reject(refusal("bad-file", sha256));
    this.shelf.push(network);
    return Promise.resolve(network);
  }

  /** What files were given for, in order. */
  readonly wishes: ImportWish[] = [];
  readonly imports: { readonly name: string; readonly beside: readonly string[] }[] = [];

  examineFile({ name }: GivenFile, wish: ImportWish): Promise<UserModel | FilePart> {
    const { wanted, beside = [] } = wish;
    this.wishes.push(wish);
    this.imports.push({ name, beside: beside.map((file) => file.name) });
    const part = this.parts.get(name);
    if (part) return Promise.resolve(part);
    const network = this.networks.get(name);
    if (network === undefined) return Promise.reject(refusal("bad-shape", name));
    if (wanted.length > 0 && !wanted.includes(network.reading?.file ?? network.sha256)) {
      return Promise.reject(refusal("hash-mismatch", name));
    }
    const { stored: _, ...examined } = network;
    return Promise.resolve(examined);
  }

  keepNetwork(network: UserModel): Promise<StoredModel> {
    const given = [...this.networks.values(), ...this.joinedNetworks.values()];
    const known = given.find(({ sha256 }) => sha256 === network.sha256);
    const stored = { ...network, stored: known?.stored ?? true };
    this.shelf.push(stored);
    return Promise.resolve(stored);
  }

  removeModel(sha256: string): Promise<void> {
    this.shelf = this.shelf.filter((network) => network.sha256 !== sha256);
    return Promise.resolve();
  }

  /** What is stored of the visitor's own images. */
  dataSets: StoredDataSet[] = [];

  userDataSets(): Promise<readonly StoredDataSet[]> {
    return Promise.resolve([...this.dataSets]);
  }

  removeDataSet(ref: string): Promise<void> {
    this.dataSets = this.dataSets.filter((set) => set.ref !== ref);
    return Promise.resolve();
  }

  zoo(): Promise<ZooManifest> {
    return answer(this.zooAnswers);
  }

  probe(): Promise<BackendChoice> {
    return answer(this.probeAnswers);
  }

  restore(spec: Spec, backend: BackendName): AsyncIterable<ExperimentEvent> {
    const events = new Channel<ExperimentEvent>();
    const call = { spec, backend, events, signal: null, pause: null };
    this.restores.push(call);
    this.onRestore(call);
    return events;
  }

  run(spec: Spec, backend: BackendName, control: RunControl): AsyncIterable<SharedEvent> {
    const events = new Channel<SharedEvent>();
    this.runs.push({ spec, backend, events, ...control });
    return events;
  }

  inspect(): Promise<null> {
    return Promise.resolve(null);
  }

  details(): Promise<never> {
    return Promise.reject(refusal("hash-mismatch", "seeds.details.bin"));
  }

  testLabels(): Promise<never> {
    return Promise.reject(refusal("bad-shape", "test-00.bin"));
  }

  pictures(): Promise<never> {
    return Promise.reject(refusal("bad-shape", "test-00.bin"));
  }

  passageImages(): Promise<never> {
    return Promise.reject(refusal("bad-shape", "test-00.bin"));
  }

  isComputedInAnotherTab(spec: Spec, _backend: BackendName, signal: AbortSignal): Promise<boolean> {
    this.watched.push(spec);
    return new Promise((resolve) => {
      this.computeElsewhere = () => resolve(true);
      signal.addEventListener("abort", () => resolve(false));
    });
  }
}

function refusal(code: "bad-file" | "bad-shape" | "hash-mismatch", input: string): LabError {
  return new LabError({ code, input, expected: "[16,3,3,3]", found: "[64,3,7,7]" });
}

/** A file of the visitor's, whose contents nobody looks at. */
export function givenFile(name: string): GivenFile {
  return { name, size: 4, arrayBuffer: () => Promise.resolve(new ArrayBuffer(4)) };
}

/** The network that a file is. @param digit its hash is this one, 64 times */
export function ownNetwork(name: string, digit: string, width = 8): StoredModel {
  return {
    sha256: digit.repeat(64),
    name,
    sizeBytes: 400_000,
    architecture: { family: "resnet", blocks: [2, 2, 2, 2], width },
    stored: true,
  };
}

/** Photos of the visitor's, of which nobody reads the bytes: 400 for training, 100 for testing. */
export function ownImages(
  classNames: readonly string[],
  form: Partial<DataForm> = {},
): StoredDataSet {
  const shard = (file: string, images: number) => ({ file, images, sha256: "a".repeat(64) });
  return {
    ref: `sha256:${"7".repeat(64)}`,
    stored: true,
    manifest: {
      version: 2,
      name: "photos",
      source: "a test",
      height: 32,
      width: 32,
      channels: 3,
      normalisation: [0.5, 0.5, 0.5].map((mean) => ({ mean, deviation: 0.25 })),
      classes: { names: [...classNames], groupings: [] },
      ...form,
      imagesPerShard: 1_000,
      train: [shard("train-00.bin", 400)],
      test: [shard("test-00.bin", 100)],
    },
  };
}

/** As much of a browser's storage as is used. */
export function storageWith(items: Readonly<Record<string, string>> = {}): Storage {
  const stored = new Map(Object.entries(items));
  return {
    get length() {
      return stored.size;
    },
    key: (index) => [...stored.keys()][index] ?? null,
    clear: () => stored.clear(),
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  };
}

/** What a tab remembers over a reload. @param storage what outlives the tab */
export function rememberedRun(run: UnfinishedRun | null, storage = storageWith()): RunMemory {
  let now = run;
  return {
    left: browserLeftRuns(storage, () => 0),
    trainings: browserTrainingMemory(storage),
    read: () => now,
    write(next) {
      now = next;
    },
  };
}

/** The next answer; the last one is given for ever after. */
function answer<T>(answers: (() => Promise<T>)[]): Promise<T> {
  const next = answers.length > 1 ? answers.shift() : answers[0];
  if (next === undefined) throw new Error("no answer is scripted");
  return next();
}

/** An address bar with a history, that a test types into. */
export class TypedBar implements AddressBar {
  private listener: () => void = () => undefined;
  private entries: readonly string[];
  private at = 0;

  constructor(text = "") {
    this.entries = [text];
  }

  hash(): string {
    return this.entries[this.at] ?? "";
  }

  push(hash: string): void {
    this.entries = [...this.entries.slice(0, this.at + 1), hash];
    this.at++;
  }

  replace(hash: string): void {
    this.entries = this.entries.with(this.at, hash);
  }

  url(hash: string): string {
    return `https://lab.example/${hash}`;
  }

  onChange(listener: () => void): void {
    this.listener = listener;
  }

  type(hash: string): void {
    this.go(hash);
    this.arrive();
  }

  /** As a browser does: the hash is there before it is told. */
  go(hash: string): void {
    this.push(hash);
  }

  arrive(): void {
    this.listener();
  }

  /** @param by −1 for Back, 1 for Forward */
  travel(by: number): void {
    this.at += by;
    this.arrive();
  }

  /** How many steps Back has. */
  steps(): number {
    return this.at;
  }
}
