/**
 * Shows what a stitch does to images: one worker, kept while the page asks, with what is stored of
 * the curve. Only the latest question is answered in full.
 */
import { LabError, errorData, type LabErrorData } from "../../core/errors";
import { imagesIn, type DataManifest, type Split } from "../../core/data/manifest";
import type { AffineMap } from "../../core/stitch/affine-map";
import { toAffine } from "../../core/stitch/parameters";
import { imagesOf } from "../../experiment/plan/images";
import { planOf, type Plan } from "../../experiment/plan/plan";
import { passesWhole } from "../../experiment/protocol";
import type { CurveSpec } from "../../experiment/spec";
import type { BaselineTask, ImagesRef } from "../../experiment/plan/task";
import { assetsFor } from "../assets";
import { fromWorkerSchema } from "../messages";
import {
  isFitted,
  type PassagePenalty,
  type PassageRequest,
  type PassageSetup,
  type Seen,
  type StoredMoments,
} from "../passage";
import { readMessage } from "../read-message";
import type { FoldDeps } from "./fold";
import { namedModel } from "./named-model";
import { momentsAt } from "./outcome";
import { keyOf, storedResult } from "./result-store";

/** The first so many images are in the first file of each split of CIFAR-10. */
const smallImages = { train: 960, test: 512 } as const satisfies Record<Split, number>;

/** Each takes a network of ImageNet’s a tenth of a second. */
const largeImages = { train: 128, test: 64 } as const satisfies Record<Split, number>;

/** How many of a data set’s first images stitches are fitted to, and scored on. */
export function passageImages(data: DataManifest, split: Split): number {
  const most = passesWhole(data) ? smallImages : largeImages;
  return Math.min(most[split], imagesIn(data[split]));
}

export type PassageQuestion = Omit<PassageRequest, "id">;

/** Answers to the latest question. */
export interface PassageListener {
  seen(seen: Seen, question: PassageQuestion): void;
  /** Called while test images are scored, and with the last of them. */
  penalty(penalty: PassagePenalty, question: PassageQuestion): void;
  /** @param fraction share of the training images that stitches are fitted to so far */
  fitting(fraction: number): void;
  failed(error: LabErrorData): void;
}

export interface OpenPassages {
  ask(question: PassageQuestion): void;
  /** The stored trained stitch of a site, as one affine map; null where none is stored. */
  trained(site: number): Promise<AffineMap | null>;
  close(): void;
}

/**
 * Starts the worker, on the CPU: one image is too little work for a graphics card.
 *
 * @throws LabError as `planOf` does, or where a file cannot be had
 */
export async function openPassages(
  curve: CurveSpec,
  deps: FoldDeps,
  listener: PassageListener,
): Promise<OpenPassages> {
  const { models, data, dataFolder, backend, store, assets } = deps;
  const [bottom, top] = [namedModel(models, curve.bottom), namedModel(models, curve.top)];
  const plan = planOf(curve, top, bottom, data);
  const { baselines } = plan;
  const train = firstImages(deps, "train");
  const { agreeWith } = baselines.top.images;
  const test = {
    ...firstImages(deps, "test"),
    ...(agreeWith !== undefined && { agreeWith }),
  };

  const port = deps.spawn();
  let latest: PassageRequest | undefined;
  let next = 0;
  let closed = false;
  const fail = (error: LabErrorData): void => {
    if (!closed) listener.failed(error);
  };
  port.onMessage((received) => {
    const message = readMessage(received, fromWorkerSchema, "a worker");
    if (closed) return;
    if (message instanceof LabError) fail(message.toData());
    else if (message.type === "failed") fail(message.error);
    else if (message.type === "lost") fail(gone(message.reason));
    else if (message.type === "progress") listener.fitting(message.fraction);
    else if (message.type === "passage" && message.answer.id === latest?.id) {
      const { answer } = message;
      if (answer.type === "seen") listener.seen(answer, latest);
      else listener.penalty(answer, latest);
    }
  });
  port.onBreak((reason) => fail(gone(reason)));
  // The backend starts while the files are read.
  port.post({
    type: "setup",
    setup: { backend: backend === "cpu" ? "cpu" : "wasm", models, data, dataFolder },
  });

  // Read here, not in the worker, which does not store what it fetches.
  const read = async (tasks: readonly BaselineTask[]): Promise<void> => {
    const files = assetsFor(tasks, models, data, dataFolder);
    await Promise.all(files.map((file) => assets.read(file)));
  };
  const trainingFile = once(() => read([{ ...baselines.top, images: train }]));
  const lookedUp = storedMoments(plan, curve.trainImages, deps).then((found) => {
    // The first question may need it; a failure is reported then.
    if (found.includes(null)) trainingFile().catch(() => undefined);
    return found;
  });
  const stored = await Promise.all([
    lookedUp,
    read([top, bottom].map(({ sha256 }) => ({ ...baselines.top, model: sha256, images: test }))),
  ]).then(
    ([moments]) => moments,
    (thrown: unknown) => {
      port.terminate();
      throw thrown;
    },
  );
  const passages: PassageSetup = {
    bottom: bottom.sha256,
    top: top.sha256,
    sites: plan.sites.map(({ bottomTap, topTap }) => [bottomTap, topTap]),
    perturbation: curve.perturbation,
    train,
    test,
    stored,
  };
  port.post({ type: "passage-setup", passages });

  async function send(request: PassageRequest): Promise<void> {
    if (isFitted(request.stitch) && !stored[request.site]) await trainingFile();
    if (!closed && latest === request) port.post({ type: "passage", request });
  }

  return {
    ask(question) {
      const request = { ...question, id: next++ };
      latest = request;
      send(request).catch((thrown: unknown) => {
        if (latest === request) fail(errorData(thrown, "the training images"));
      });
    },
    async trained(site) {
      const task = plan.stitches.find((stitch) => stitch.site === site);
      // A larger kernel is no map of every position alone.
      if (task?.type !== "stitch" || task.side) return null;
      const result = await storedResult(store, keyOf(task, backend), task);
      return result?.type === "stitch" ? toAffine(result.stitch) : null;
    },
    close() {
      closed = true;
      port.terminate();
    },
  };
}

function firstImages({ data }: FoldDeps, split: Split): ImagesRef {
  return imagesOf(data, split, passageImages(data, split));
}

/** By site; null where a part of them is not stored. */
async function storedMoments(
  { closedForm, sites }: Plan,
  images: number,
  { store, backend }: FoldDeps,
): Promise<(StoredMoments | null)[]> {
  const found = await Promise.all(
    closedForm.map((task) => storedResult(store, keyOf(task, backend), task)),
  );
  const parts = found.flatMap((part) => part ?? []);
  return sites.map((_, site) => {
    const moments = parts.length === found.length ? momentsAt(parts, site) : null;
    return moments && { moments, images };
  });
}

/** Calls `make` at the first call, and again after a failure. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => (made = undefined));
    return made;
  };
}

function gone(found: string): LabErrorData {
  return { code: "backend", input: "the picture", expected: "a worker that computes it", found };
}
