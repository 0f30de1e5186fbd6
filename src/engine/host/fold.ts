/**
 * Writes the stitched network of a finished experiment as a file, from the stitch stored with its
 * results.
 */
import { LabError } from "../../core/errors";
import { planOf, type Plan } from "../../experiment/plan/plan";
import { batchSize } from "../../experiment/protocol";
import type { CurveSpec } from "../../experiment/spec";
import { askWorker } from "../ask-worker";
import { type AssetSource, assetsFor } from "../assets";
import type { Folded, FoldRequest } from "../folded";
import type { ModelFile, SpawnWorker } from "../messages";
import { mergedSums } from "./outcome";
import type { RestoreDeps } from "./restore";
import { keyOf, storedResult } from "./result-store";

export interface FoldDeps extends RestoreDeps {
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  readonly assets: AssetSource;
  readonly spawn: SpawnWorker;
}

/** The stitched network to write. */
export interface StitchedSite {
  /** One curve. */
  readonly spec: CurveSpec;
  /** The number of the site. */
  readonly site: number;
  readonly name: string;
  readonly about: Readonly<Record<string, string>>;
}

/** Both networks are run on this many test images, one batch. */
const imagesToCheck = batchSize;

/**
 * @throws LabError `not-found` where the stitch is not stored in this browser, `bad-input` where
 *   the stitched network is no plain network, `numerics` where the file does not compute the same
 */
export async function foldStitched(request: StitchedSite, deps: FoldDeps): Promise<Folded> {
  const { spec } = request;
  const modelOf = (id: string): ModelFile => {
    const model = deps.models.find((other) => other.id === id);
    if (model) return model;
    throw notStored(request.name, `the network ${id}`);
  };
  const [bottom, top] = [modelOf(spec.bottom), modelOf(spec.top)];
  const plan = planOf(spec, top, bottom, deps.data);
  const place = plan.sites[request.site];
  if (spec.perturbation !== "none" || place?.bottomTap !== place?.topTap || place === undefined) {
    throw new LabError({
      code: "bad-input",
      input: request.name,
      expected: "corresponding layers and an unperturbed bottom",
      found: spec.perturbation === "none" ? (place?.name ?? "no such layer") : spec.perturbation,
    });
  }
  const test = plan.baselines.top.images;
  const count = Math.min(imagesToCheck, test.count);
  // The first shard holds more images than one batch.
  const images = { ...test, count, shards: test.shards.slice(0, 1) };
  const stitch = await stitchOf(request, plan, deps);
  // Read here, not in the worker, which does not store what it fetches.
  const needed = [top, bottom].map(({ sha256 }) => ({
    ...plan.baselines.top,
    model: sha256,
    images,
  }));
  for (const asset of assetsFor(needed, deps.models, deps.data, deps.dataFolder)) {
    await deps.assets.read(asset);
  }
  return inWorker(
    {
      bottom: bottom.sha256,
      top: top.sha256,
      tap: place.topTap,
      stitch,
      images,
      about: request.about,
      name: request.name,
    },
    deps,
  );
}

async function stitchOf(
  { site, name, spec }: StitchedSite,
  plan: Plan,
  { store, backend }: RestoreDeps,
): Promise<FoldRequest["stitch"]> {
  const task = plan.stitches.find((other) => other.site === site);
  if (task) {
    const result = await storedResult(store, keyOf(task, backend), task);
    if (task.type === "fresh-top") throw withoutStitch(name);
    if (result?.type === "stitch") return { type: "trained", parameters: result.stitch };
    throw notStored(name, "the trained stitch");
  }
  const parts = await Promise.all(
    plan.closedForm.map((part) => storedResult(store, keyOf(part, backend), part)),
  );
  const found = parts.flatMap((part) => part ?? []);
  const sums = found.length === parts.length ? mergedSums(found, site) : undefined;
  if (!sums) throw notStored(name, "the moments that determine the stitch");
  return { type: "closed-form", family: spec.family, moments: sums.moments };
}

function inWorker(request: FoldRequest, deps: FoldDeps): Promise<Folded> {
  const { backend, models, data, dataFolder } = deps;
  return askWorker(deps.spawn, {
    messages: [
      { type: "setup", setup: { backend, models, data, dataFolder } },
      { type: "fold", fold: request },
    ],
    answerOf: (message) => (message.type === "folded" ? message.folded : undefined),
    input: request.name,
    expected: "a worker that writes it",
  });
}

function withoutStitch(name: string): LabError {
  return new LabError({
    code: "bad-input",
    input: name,
    expected: "a curve with stitches",
    found: "layers trained from scratch",
  });
}

function notStored(name: string, what: string): LabError {
  return new LabError({
    code: "not-found",
    input: name,
    expected: `${what}, stored in this browser`,
    found: "none; press Run to compute it here",
  });
}
