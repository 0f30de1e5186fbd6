/** What the page needs from the engine; `engine.ts` provides it with workers and IndexedDB. */
import type { NetworkTrainingEvent } from "../../engine/host/training/train-network";
import type { Folded } from "../../engine/folded";
import type { PauseSignal } from "../../engine/pause-signal";
import type { Details } from "../../engine/details/read";
import type { Inspection, StitchRef, TestLabels } from "../../engine/host/inspect";
import type { OpenPassages, PassageListener } from "../../engine/host/passage";
import type { SharedEvent } from "../../engine/host/tabs/shared-run";
import type { StoredDataSet } from "../../engine/user-data-set";
import type { ScoredPart } from "../../engine/network-training";
import type { FilePart, StoredModel, UserModel } from "../../engine/user-model";
import type { BackendChoice } from "../../engine/probe-result";
import type { ExperimentEvent } from "../../experiment/events";
import type { BackendName, DetailsFile, Report } from "../../experiment/report";
import type { CurveSpec, Spec } from "../../experiment/spec";
import type { TrainingSpec } from "../../experiment/training/spec";
import type { Reading } from "../../core/onnx/reading";
import type { ZooManifest } from "../../core/nets/zoo-manifest";
import type { ImageSet } from "../../core/data/image-set";
import type { ImageImport } from "./own-images/image-import";
import type { GivenImages } from "./own-images/messages";
import type { FitControl } from "./file-parts";
import type { Pictures } from "./test-images";
import type { GivenFile, ImportWish } from "./validate-file";

/** What a visitor does to a run. */
export interface RunControl {
  /** Aborting with `cancelReason` cancels it in every tab; otherwise only this one leaves. */
  readonly signal: AbortSignal;
  readonly pause: PauseSignal;
}

/** What a visitor does to a training. */
export interface TrainControl {
  /** Aborting it leaves the training at its last checkpoint. */
  readonly signal: AbortSignal;
  /** Aborting it ends the training; the network so far is kept. */
  readonly stop: AbortSignal;
  readonly pause: PauseSignal;
}

export type PageTrainingEvent =
  /** Another tab trains it: this one waits for it to end. */
  | { readonly type: "elsewhere" }
  /** It was trained before. */
  | { readonly type: "known"; readonly network: StoredModel }
  | Extract<NetworkTrainingEvent, { type: "step" }>
  | (Omit<Extract<NetworkTrainingEvent, { type: "epoch" }>, "bytes"> & {
      /** The network after this epoch, where it is kept. */
      readonly snapshot?: StoredModel;
    })
  | {
      readonly type: "finished";
      readonly network: StoredModel;
      /** Fewer than `steps` where it was stopped. */
      readonly step: number;
      readonly steps: number;
      readonly testError: number;
      readonly testImages: number;
      /** To the test images, in order. */
      readonly answers: ScoredPart;
    };

export interface LabEngine {
  /**
   * The zoo that this page was served with.
   *
   * @throws LabError when it cannot be fetched or read
   */
  zoo(): Promise<ZooManifest>;

  /** The visitor's own networks that are here. Never rejects. */
  userModels(): Promise<readonly StoredModel[]>;

  /**
   * Examines a file in a worker, and holds it in memory. Nothing of it is sent anywhere.
   *
   * @returns a network, or a part of one
   * @throws LabError naming the first thing that does not fit, with what was expected and found
   */
  examineFile(file: GivenFile, wish: ImportWish): Promise<UserModel | FilePart>;

  /**
   * Reads the ONNX file of one of the visitor's own networks in another way, and keeps that as a
   * network of its own.
   *
   * @throws LabError where it cannot be read so
   */
  readAgain(network: StoredModel, reading: Reading): Promise<StoredModel>;

  /** Stores a network that was examined or joined. */
  keepNetwork(network: UserModel): Promise<StoredModel>;

  /**
   * Joins a trunk and a head that were given, by their SHA-256, and holds the network in memory.
   *
   * @throws LabError for a head of other features
   */
  joinHead(trunk: string, head: string): Promise<UserModel>;

  /** Keeps a trunk that was given, by its SHA-256, as a network without a head. */
  keepTrunk(trunk: string): Promise<StoredModel>;

  /**
   * Fits a linear head to a trunk or in place of a network's own, and stores the network.
   *
   * @param base SHA-256 of the file, which was given, is stored or is of the zoo; see `baseOf`
   * @param data as in a spec
   * @throws LabError for images that it does not read or that have no classes; `cancelled` once
   *   aborted
   */
  fitHead(
    base: string,
    data: string | undefined,
    backend: BackendName,
    control: FitControl,
  ): Promise<StoredModel>;

  /**
   * Trains a network and keeps it, with snapshots along the way; resumes from a checkpoint where
   * there is one.
   *
   * @throws LabError for images that are not here or have no classes, or a loss that is not finite;
   *   `cancelled` once `control.signal` aborts
   */
  train(spec: TrainingSpec, control: TrainControl): AsyncIterable<PageTrainingEvent>;

  /** Forgets files that were examined and not stored, by their SHA-256. */
  forgetFiles(hashes: readonly string[]): void;

  /** Forgets one of the visitor's own networks. Never rejects. */
  removeModel(sha256: string): Promise<void>;

  /** The visitor's own data sets that are here. Never rejects. */
  userDataSets(): Promise<readonly StoredDataSet[]>;

  /** Forgets one of the visitor's own data sets. Never rejects. */
  removeDataSet(ref: string): Promise<void>;

  /** Tries every backend in a worker; takes a second or two. */
  probe(): Promise<BackendChoice>;

  /**
   * Events of what is already stored for this experiment on this backend; computes nothing, fetches
   * nothing. Ends with `finished` when the whole of it is stored.
   */
  restore(spec: Spec, backend: BackendName): AsyncIterable<ExperimentEvent>;

  /**
   * Runs an experiment, or follows the tab that does; stored results are reported first and never
   * computed again. Aborting stops every worker at once; finished tasks stay stored, unfinished
   * ones at their checkpoints.
   *
   * @throws LabError `cancelled` after `signal` aborts or any tab cancels; others name what went
   *   wrong
   */
  run(spec: Spec, backend: BackendName, control: RunControl): AsyncIterable<SharedEvent>;

  /**
   * All that is stored of one stitch; computes nothing, fetches nothing. Null where it is not
   * computed yet.
   *
   * @throws LabError for a curve or a site that the experiment does not have
   */
  inspect(spec: Spec, stitch: StitchRef, backend: BackendName): Promise<Inspection | null>;

  /**
   * What the inspector reads of a recorded figure; `recorded-stitch.ts` finds a stitch in it.
   *
   * @throws LabError `hash-mismatch` where the file is another one; others when it cannot be had
   */
  details(file: DetailsFile): Promise<Details>;

  /** Labels of the first test images. @param data as in a spec @throws LabError when they cannot be had */
  testLabels(count: number, data: string | undefined): Promise<TestLabels>;

  /**
   * The first test images, as many as passages are scored on.
   *
   * @param data as in a spec
   * @throws LabError when they cannot be had
   */
  passageImages(data: string | undefined): Promise<ImageSet>;

  /**
   * Pictures of some test images; fetches the shards that hold them and no others.
   *
   * @throws LabError when they cannot be had
   */
  pictures(images: readonly number[], data: string | undefined): Promise<Pictures>;

  /** True once another tab computes this experiment; false when `signal` aborts before. */
  isComputedInAnotherTab(spec: Spec, backend: BackendName, signal: AbortSignal): Promise<boolean>;
}

/** Takes in the visitor's images. */
export interface ImageReader {
  /**
   * Starts a worker that reads them. Nothing of them is sent anywhere.
   *
   * @throws LabError `network` when its script cannot be had
   */
  openImages(given: GivenImages): Promise<ImageImport>;
}

/** Shows what stitches do to images. */
export interface PassageSource {
  /**
   * Starts a worker that passes images through both networks of a curve and the stitched one.
   *
   * @param backend whose stored results are used
   * @throws LabError when a file cannot be had, or the curve does not exist
   */
  openPassages(
    curve: CurveSpec,
    backend: BackendName,
    listener: PassageListener,
  ): Promise<OpenPassages>;
}

/** Writes stitched networks as files. */
export interface NetworkWriter {
  /** The file of one of the visitor's own networks. @throws LabError when it cannot be had */
  ownNetwork(network: StoredModel): Promise<Uint8Array>;

  /**
   * The stitched network at one site of a finished experiment, checked against the stitched network
   * itself.
   *
   * @param curve 0 for the first one
   * @throws LabError `not-found` where its stitch is not kept in this browser; others name what
   *   went wrong
   */
  writeNetwork(report: Report, curve: number, site: number): Promise<WrittenNetwork>;
}

export interface WrittenNetwork extends Folded {
  readonly name: string;
}
