/** How much work an experiment is: the costs of its tasks, for the networks that they pass. */
import { departureImages } from "../../experiment/departure";
import { hasHead } from "../../core/nets/architecture";
import { tapsOf } from "../../core/nets/taps";
import { kindOf } from "../../engine/kinds/registry";
import { isClosedForm, kernelSide } from "../../experiment/family";
import { sitesOf, type NamedSite } from "../../experiment/sites";
import { batchSize } from "../../experiment/protocol";
import { sitesAsked, trainingOfCurve, type CurveSpec } from "../../experiment/spec";
import type { ImagesRef, Task } from "../../experiment/plan/task";
import type { ModelPair } from "../session/experiment/pair";
import { networkWork } from "./network-cost";

/** In multiply-adds; see `network-cost.ts`. */
export interface CurveWork {
  /** Passes that all stitches need: the networks alone, closed form, least squares. */
  readonly passes: number;
  /** Training and scoring, by site. */
  readonly stitches: ReadonlyMap<number, number>;
}

/** @returns the work of one curve, nothing of which is stored */
export function curveWork(curve: CurveSpec, pair: ModelPair): CurveWork {
  const sites = sitesOf(pair.bottom.architecture, pair.top.architecture, curve.layout);
  const asked = sitesAsked(curve, sites.length);
  const { train, test, networks } = inputsOf(curve, pair);
  const works = asked.map((site) => stitchedWork(curve, pair, sites[site]));
  const range = { ...networks, asked, train, test, first: 0, end: curve.testImages };
  const cost = (task: Task): number => kindOf(task).cost(task, sites.length);
  const answering = [pair.bottom, pair.top].filter(({ architecture }) => hasHead(architecture));
  const alone = answering.map(
    (model) =>
      total(networkWork(model)) * cost({ type: "baseline", model: model.id, images: test }),
  );
  const gathered = cost({
    type: "closed-form",
    ...networks,
    images: train,
    first: 0,
    end: curve.trainImages,
  });
  const compared = {
    ...networks,
    images: curve.similarityImages === "train" ? train : test,
    permutations: curve.permutations,
  };
  const similar =
    cost({ type: "similarity", ...compared, first: 0, end: compared.images.count }) +
    cost({ type: "measures", ...compared, asked });
  const { family } = curve;
  const scored =
    cost({ type: "least-squares", ...range }) +
    (isClosedForm(family) ? cost({ type: "family", family, ...range }) : 0);
  const isTrained = trainingOfCurve(curve) !== "none";
  const trained = trainedImages(curve);
  return {
    passes:
      total(alone) +
      probesWork(curve, pair) +
      departuresWork(curve, works) +
      (gathered + scored + similar) * (total(works) / Math.max(1, works.length)),
    stitches: new Map(
      isTrained ? asked.map((site) => [site, stitchWork(curve, pair, site, trained)]) : [],
    ),
  };
}

/** Work of measuring how far each stitch departs. @param works one image's, by site */
function departuresWork(
  { departure, trainImages, testImages }: CurveSpec,
  works: readonly number[],
): number {
  if (!departure) return 0;
  const [fit, test] = [trainImages, testImages].map((images) => Math.min(departureImages, images));
  return total(works) * ((fit ?? 0) + 2 * (test ?? 0));
}

/** Work of the linear probes of both networks, at every tap that the sites need. */
function probesWork(curve: CurveSpec, pair: ModelPair): number {
  const { train, test } = inputsOf(curve, pair);
  const sites = sitesOf(pair.bottom.architecture, pair.top.architecture, curve.layout);
  const asked = sitesAsked(curve, sites.length).flatMap((site) => sites[site] ?? []);
  const ofNetwork = (model: ModelPair["top"], taps: ReadonlySet<number>): number => {
    const { architecture, id } = model;
    const costs = (curve.probes ?? []).flatMap((representation) =>
      [...taps].map((tap) => {
        const task: Task = { type: "probe", model: id, tap, representation, train, test };
        return kindOf(task).cost(task, tapsOf(architecture).length);
      }),
    );
    return total(networkWork(model)) * total(costs);
  };
  return (
    ofNetwork(pair.top, new Set(asked.map(({ topTap }) => topTap))) +
    ofNetwork(pair.bottom, new Set(asked.map(({ bottomTap }) => bottomTap)))
  );
}

/**
 * Work of training and scoring the stitch at one site.
 *
 * @param trained images that training passes, each as often as it does
 */
export function stitchWork(
  curve: CurveSpec,
  pair: ModelPair,
  site: number,
  trained: number,
): number {
  const sites = sitesOf(pair.bottom.architecture, pair.top.architecture, curve.layout);
  const { train, test, networks } = inputsOf(curve, pair);
  const { family, seed } = curve;
  const each = { ...networks, site, train: { ...train, count: trained }, test, epochs: 1, seed };
  const task: Task =
    family === "fresh-top"
      ? { type: "fresh-top", ...each }
      : // Refinement may stop early; most of the recorded ones take all of their epochs.
        { type: "stitch", ...each, training: "paper" };
  return kindOf(task).cost(task, sites.length) * stitchedWork(curve, pair, sites[site]);
}

/** Images that training passes in all of its epochs. */
function trainedImages({ trainImages, epochs }: CurveSpec): number {
  return Math.floor(trainImages / batchSize) * batchSize * epochs;
}

/** What costs depend on is how many images there are, not which. */
function inputsOf(
  { trainImages, testImages }: CurveSpec,
  { bottom, top }: ModelPair,
): {
  readonly train: ImagesRef;
  readonly test: ImagesRef;
  readonly networks: { readonly bottom: string; readonly top: string };
} {
  return {
    train: { split: "train", count: trainImages, shards: [] },
    test: { split: "test", count: testImages, shards: [] },
    networks: { bottom: bottom.id, top: top.id },
  };
}

/** Work of one image's forward pass through the bottom, the stitch and the top. */
function stitchedWork(
  { family }: CurveSpec,
  { bottom, top }: ModelPair,
  site: NamedSite | undefined,
): number {
  if (site === undefined) return 0;
  const below = networkWork(bottom).slice(0, site.bottomTap + 1);
  const above = networkWork(top).slice(site.topTap + 1);
  return total(below) + total(above) + kernelWork(family, bottom, top, site);
}

/** Work of a stitch that is a larger convolution; the others are next to none. */
function kernelWork(
  family: string,
  bottom: ModelPair["bottom"],
  top: ModelPair["top"],
  { bottomTap, topTap }: NamedSite,
): number {
  const side = kernelSide(family);
  const from = tapsOf(bottom.architecture)[bottomTap];
  const to = tapsOf(top.architecture)[topTap];
  if (!side || !from || !to) return 0;
  return side ** 2 * from.channels * to.channels * to.height * to.width;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
