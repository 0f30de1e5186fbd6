/**
 * Trains the layers of A above a site from scratch on B's frozen representation, as in transfer
 * learning, and scores them. Bansal, Nakkiran & Barak 2021, appendix B.3 compares this with
 * stitching.
 */
import { imageRange, type ImageSet } from "../../../core/data/image-set";
import { LabError } from "../../../core/errors";
import { classesOf } from "../../../core/nets/architecture";
import { networkPart, type FrozenNetwork } from "../../../core/nets/network";
import type { PairedNetworks } from "../../../core/nets/sites";
import { errorOf } from "../../../core/scoring/penalty";
import { scoreLogits } from "../../../core/scoring/score";
import { emptyCurve, withLosses } from "../../../core/stitch/training/loss-curve";
import { stepsOf } from "../../../core/stitch/training/setting";
import type { Tensor2D, Tensor4D } from "../../../core/tensor/tf";
import { firstCheckpoint, type NetworkCheckpoint } from "../../../core/training/checkpoint";
import { partGradients, type Weights } from "../../../core/training/part-gradients";
import { trainable } from "../../../core/training/recipe";
import { trainNetwork, type NetworkTrainingStep } from "../../../core/training/train-network";
import { batchSize } from "../../../experiment/protocol";
import type { FreshTopTask } from "../../../experiment/plan/task";
import { usualRecipe } from "../../../experiment/training/spec";
import type { CheckpointOf } from "../../kinds/registry";
import type { Scored } from "../../kinds/scoring";
import type { StitchFailure } from "../../kinds/stitch";
import type { TaskEvent } from "../../messages";
import { emptyScored, scoredOf, withPredicted } from "../../scored";
import { firstImages, loadPair, type Executor, type ExecutorDeps } from "./executor";

/** Of the whole task; the rest is scoring. */
const trainingShare = 0.98;

/** Test images that the error after an epoch takes. */
const quickTestImages = 2_000;

export const freshTop = {
  resumesFrom: "fresh-top",
  execute,
  images: ({ train, test }) => [train, test],
  loadNetworks: loadPair,
  shortened: (task) => ({
    ...task,
    train: firstImages(batchSize, task.train),
    test: firstImages(batchSize, task.test),
    epochs: 1,
    seed: 0,
  }),
} satisfies Executor<FreshTopTask, "fresh-top">;

async function* execute(
  task: FreshTopTask,
  from: CheckpointOf<"fresh-top"> | undefined,
  { context, nowMs }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const startedMs = nowMs();
  const seconds = (): number => (from?.seconds ?? 0) + (nowMs() - startedMs) / 1000;
  const pair = await context.pair(task);
  const name = pair.top.taps[task.site]?.name ?? `tap ${task.site}`;
  const misfit = channelMisfit(pair, task.site);
  if (misfit !== undefined) {
    yield { type: "result", result: failed("no-such-stitch", null, misfit) };
    return;
  }
  const images = await context.images(task.train);
  const test = await context.images(task.test);
  const quickTest = imageRange(test, 0, Math.min(quickTestImages, test.count));
  const layers = layersAbove(task, pair, images);
  let training = from?.training ?? layers.initial;
  let lossCurve = from?.lossCurve ?? emptyCurve(stepsOf(images.count, task.epochs, batchSize));
  let epochLoss = from?.epochLoss ?? 0;
  let meanLoss = from?.meanLoss ?? null;
  const errors = [...(from?.errorByEpoch.errors ?? [])];
  try {
    for await (const event of layers.train(from?.training)) {
      const { step, steps, stepsPerEpoch, loss } = event;
      lossCurve = withLosses(lossCurve, [loss], step) ?? lossCurve;
      epochLoss += loss;
      if (step % stepsPerEpoch === 0) {
        training = event.checkpoint();
        meanLoss = epochLoss / stepsPerEpoch;
        epochLoss = 0;
        errors.push(errorOf((await layers.score(training, quickTest)).wrong).value);
      }
      yield {
        type: "step",
        fraction: (trainingShare * step) / steps,
        activity: `${name}: training the layers above, step ${step} of ${steps}`,
        checkpoint() {
          training = event.checkpoint();
          const errorByEpoch = { images: quickTest.count, errors: [...errors] };
          const seen = { lossCurve, epochLoss, meanLoss, errorByEpoch, seconds: seconds() };
          return Promise.resolve({ type: "fresh-top", training, ...seen });
        },
      };
    }
    const { wrong, predicted } = await layers.score(training, test);
    yield {
      type: "result",
      result: {
        type: "fresh-top",
        wrong,
        ...withPredicted(predicted),
        steps: training.step,
        finalTrainLoss: meanLoss,
        lossCurve,
        errorByEpoch: { images: quickTest.count, errors },
        seconds: seconds(),
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== "numerics") throw thrown;
    yield { type: "result", result: failed("diverged", lossCurve.steps + 1, thrown.found) };
  } finally {
    layers.dispose();
  }
}

function failed(
  reason: StitchFailure["reason"],
  step: number | null,
  found: string,
): StitchFailure {
  return { type: "stitch-failure", reason, step, found };
}

/** Why the top's layers cannot read the bottom's representation; undefined where they can. */
function channelMisfit({ bottom, top }: PairedNetworks, site: number): string | undefined {
  const channelsIn = ({ taps }: FrozenNetwork): number => taps[site]?.channels ?? 0;
  const [found, expected] = [channelsIn(bottom), channelsIn(top)];
  if (found === expected) return undefined;
  return `${found} channels, where the layers above read ${expected}`;
}

interface LayersAbove {
  readonly initial: NetworkCheckpoint;
  train(from: NetworkCheckpoint | undefined): AsyncGenerator<NetworkTrainingStep>;
  score(weights: Weights, images: ImageSet): Promise<Scored>;
  dispose(): void;
}

function layersAbove(
  { site, sites, epochs, seed }: FreshTopTask,
  { bottom, top }: PairedNetworks,
  images: ImageSet,
): LayersAbove {
  const architecture = trainable(top.architecture);
  const tap = sites?.[site]?.[1] ?? site;
  const recipe = usualRecipe(architecture, { epochs, seed });
  const representation = (batch: Tensor4D): Tensor4D => bottom.bottom(batch, site);
  const gradients = partGradients(recipe, images, { tap, representation });
  const { initial } = gradients;
  return {
    initial: firstCheckpoint(initial),
    train: (from) =>
      trainNetwork({
        recipe,
        images: images.count,
        initial,
        from,
        gradients: async (parameters, step) => [await gradients.part(parameters, step, 0)],
      }),
    async score(weights, scored) {
      const part = networkPart(gradients.state(weights), architecture, tap + 1);
      try {
        let last = emptyScored();
        const logits = (batch: Tensor4D): Tensor2D =>
          part.forward(representation(batch)) as Tensor2D;
        const classes = classesOf(architecture);
        for await (const event of scoreLogits(scored, classes, batchSize, logits)) {
          last = scoredOf(event);
        }
        return last;
      } finally {
        part.dispose();
      }
    },
    dispose: () => gradients.dispose(),
  };
}
