/**
 * The networks that the command line is asked for. A trunk without a head is a bottom as it is; as a
 * top it gets a head: from a file, or fitted to the data set, with its accuracy on standard error.
 * Any other network gets a fitted head in place of its own on request. One that is named by its
 * training is trained, unless it was before.
 */
import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { resolve } from "node:path";
import { LabError } from "../core/errors";
import type { ZooManifest } from "../core/nets/zoo-manifest";
import type { ModelFile } from "../engine/messages";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { Role } from "../experiment/events";
import { fileRefOf } from "../experiment/model-ref";
import type { BackendName } from "../experiment/report";
import { readTrainingRef, trainingPrefix, trainingRef } from "../experiment/training/ref";
import type { TrainingSpec } from "../experiment/training/spec";
import type { FoundDataSet } from "../node/data/find";
import {
  trunkAt,
  wholeFileAt,
  withFittedHeadOn,
  withHeadFrom,
  type TrunkFile,
} from "../node/heads";
import { readModel, resolveModel, type Folders } from "../node/models";
import { trainedNetwork } from "../node/trained";
import { progressLine } from "./terminal";
import { percent, trainingProgress } from "./training-progress";

export interface NetworkPlaces {
  readonly zoo: ZooManifest;
  readonly folders: Folders;
  /** Keeps networks with their heads. */
  readonly heads: string;
  /** Keeps copies of ONNX files that are read in another way than usual. */
  readonly copies: string;
  /** The folder that relative paths start at. */
  readonly from: string;
  /** Keeps trained networks. */
  readonly trained: string;
  readonly checkpoints: CheckpointStore | undefined;
  /** Finds the data set that heads are fitted to; only where one is. */
  readonly data: () => Promise<FoundDataSet>;
  /** Finds the data set of a training, as a spec names it. */
  readonly dataOf: (ref: string | undefined) => Promise<FoundDataSet>;
  readonly backend: BackendName;
  readonly workers: number | undefined;
}

/** What is given in place of a head's file where one is to be fitted. */
export const fitted = "fit";

/**
 * @param role in which it is asked for
 * @param head path of a linear head in a file of its own, or `fit`
 * @param ref what an address names the network by; a head that it names is fitted
 * @throws LabError as `resolveModel` does; `bad-input` for the head's file of a network that has
 *   one; `cancelled` after an interrupt
 */
export async function networkAsked(
  name: string,
  role: Role,
  head: string | undefined,
  places: NetworkPlaces,
  ref = name,
): Promise<ModelFile> {
  const { zoo, folders, heads, from } = places;
  const hasFile = head !== undefined && head !== fitted;
  const named = fileRefOf(ref);
  const isFitAsked = ({ sha256 }: { readonly sha256: string }): boolean =>
    named?.head?.type === "fitted" && named.sha256 === sha256;
  const refitted = async (whole: ModelFile): Promise<ModelFile> =>
    head === fitted || isFitAsked(whole) ? withFit(await wholeFileAt(whole, name), places) : whole;
  if (name.startsWith(trainingPrefix) && !hasFile) {
    return refitted(await trainedAsked(readTrainingRef(name), places));
  }
  const ofZoo = ref === name ? zoo.models.find(isFitAsked) : undefined;
  if (ofZoo && !hasFile) return refitted(await resolveModel(ofZoo.id, zoo, folders, from));
  const path = resolve(from, name);
  const isPath = zoo.models.every(({ id }) => id !== name) && existsSync(path);
  const trunk = isPath ? await trunkAt(path, name) : undefined;
  if (trunk && head === undefined && role === "bottom" && !isFitAsked(trunk)) {
    return readModel(path, name);
  }
  if (trunk) {
    return hasFile ? withHeadFrom(trunk, resolve(from, head), head, heads) : withFit(trunk, places);
  }
  if (!hasFile) {
    const side = async (): Promise<number | undefined> => {
      const { height, width } = (await places.data()).manifest;
      return height === width ? height : undefined;
    };
    return refitted(await resolveModel(name, zoo, folders, from, { copies: places.copies, side }));
  }
  const expected = "a trunk without a head, which the head in the other file completes";
  throw new LabError({ code: "bad-input", input: name, expected, found: "another network" });
}

async function trainedAsked(spec: TrainingSpec, places: NetworkPlaces): Promise<ModelFile> {
  const { trained, checkpoints, workers, dataOf } = places;
  const { manifest, folder } = await dataOf(spec.data);
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  const progress = trainingProgress(spec.epochs, process.stderr);
  const startMs = performance.now();
  const ref = trainingRef(spec);
  let result = "trained before";
  try {
    const { model, isNew } = await trainedNetwork(spec, {
      ...{ data: manifest, folder, networks: trained, checkpoints, workers, signal: abort.signal },
      report(event) {
        if (event.type === "step" && event.step === 1) process.stderr.write(`training ${ref}\n`);
        progress.show(event);
        if (event.type !== "finished") return;
        progress.end();
        result = `test error ${percent(event.testError)} on ${event.testImages} images`;
      },
    });
    const seconds = Math.max(1, Math.round((performance.now() - startMs) / 1000));
    const time = isNew ? `, trained in ${seconds} s` : "";
    process.stderr.write(`${ref}: ${result}${time}; sha256:${model.sha256}\n`);
    return model;
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress.end();
  }
}

async function withFit(
  trunk: TrunkFile,
  { data: findData, backend, heads }: NetworkPlaces,
): Promise<ModelFile> {
  const data = await findData();
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  const line = progressLine(process.stderr);
  const startMs = performance.now();
  try {
    const { model, head, isNew } = await withFittedHeadOn(trunk, {
      data,
      backend,
      folder: heads,
      signal: abort.signal,
      report({ fraction, activity }) {
        line.show({ type: "progress", fraction, activity, remainingMs: null, tensorBytes: 0 });
      },
    });
    line.end();
    const seconds = Math.max(1, Math.round((performance.now() - startMs) / 1000));
    const { testError, testImages, trainImages } = head;
    const count = (images: number): string => images.toLocaleString("en");
    const when = isNew ? `fitted in ${seconds} s` : "fitted before";
    process.stderr.write(
      `${trunk.name}: linear head on ${count(trainImages)} images of ${data.manifest.name}, ${when}; test accuracy ${(100 * (1 - testError)).toFixed(2)} % on ${count(testImages)} images\n`,
    );
    return model;
  } finally {
    process.removeListener("SIGINT", interrupt);
    line.end();
  }
}
