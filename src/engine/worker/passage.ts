/**
 * Answers what a stitch does to an image: fits the stitch, passes the image, then scores the stitch
 * on test images. What it loads and finds is kept for the next question.
 */
import type { ImageSet } from "../../core/data/image-set";
import { imageBatch } from "../../core/data/images";
import { LabError } from "../../core/errors";
import { sourceBatch } from "../../core/nets/network";
import type { PairedNetworks } from "../../core/nets/sites";
import { penaltyOf } from "../../core/scoring/penalty";
import { scoreNetwork, scoreStitches, type ScoringEvent } from "../../core/scoring/score";
import type { AffineMap } from "../../core/stitch/affine-map";
import { deviceStitch } from "../../core/stitch/device-stitch";
import { channelsInPlace } from "../../core/stitch/families/channel-maps";
import { passageOf } from "../../core/stitched/passage";
import type { FromWorker } from "../messages";
import { isFitted, type PassagePenalty, type PassageRequest, type PassageSetup } from "../passage";
import { createPassageFits, type PassageFits } from "./passage-fits";
import { networkRows, sitesRows } from "./tasks/batch-room";
import type { WorkerContext } from "./tasks/context";

/** Small, so that a new question soon gets its turn; fewer images where these do not fit. */
const mostRows = 64;

export interface Passages {
  /** Answers a request; the caller stops taking answers when there is a newer one. */
  answers(request: PassageRequest): AsyncGenerator<FromWorker>;
}

interface Loaded {
  readonly pair: PairedNetworks;
  readonly test: ImageSet;
  readonly fits: PassageFits;
}

export function createPassages(setup: PassageSetup, context: WorkerContext): Passages {
  let loading: Promise<Loaded> | undefined;
  /** A alone on the test images, as far as it was needed. */
  let own: { readonly events: AsyncGenerator<ScoringEvent>; last: ScoringEvent } | undefined;
  const { agreeWith, ...plainTest } = setup.test;
  /** Complete penalties by site and stitch. */
  const penalties = new Map<string, PassagePenalty>();

  async function load(): Promise<Loaded> {
    const pair = await context.pair(setup);
    // The picture needs no answers of the top, which take long.
    const test = await context.images(plainTest);
    return { pair, test, fits: createPassageFits(setup, pair, context, mostRows) };
  }

  async function* seen(request: PassageRequest, map: AffineMap): AsyncGenerator<FromWorker> {
    const { weight, bias } = map;
    const { pair, test, fits } = await loaded();
    const { id, site } = request;
    const [images, indices] = imageOf(request, test, setup.perturbation);
    const stitch = deviceStitch(map);
    const image = imageBatch(images, indices);
    const source = sourceBatch(pair.bottom, images, indices, 1, image);
    try {
      const passage = await passageOf(pair, site, stitch, image, source);
      const fittedTo = isFitted(request.stitch) ? fits.images(site) : null;
      yield {
        type: "passage",
        answer: { type: "seen", id, ...passage, map: { weight, bias }, fittedTo },
      };
    } finally {
      stitch.dispose();
      image.dispose();
      source.dispose();
    }
  }

  async function* penalty(
    { id, site, stitch }: PassageRequest,
    map: AffineMap,
  ): AsyncGenerator<FromWorker> {
    const { pair } = await loaded();
    const test = await context.images(setup.test);
    const key = JSON.stringify([site, stitch.type, stitch.type === "low-rank" ? stitch.rank : 0]);
    const before = penalties.get(key);
    if (before) {
      yield { type: "passage", answer: { ...before, id } };
      return;
    }
    const device = deviceStitch(map);
    const { bottom, top } = pair;
    const rows = Math.min(mostRows, sitesRows(pair, [site], test, context));
    try {
      for await (const event of scoreStitches(bottom, top, site, [device], test, rows)) {
        const alone = await ownUpTo(event.scored, pair, test);
        const [wrong] = event.wrong;
        if (!wrong) return;
        const { value, standardError } = penaltyOf(
          wrong.subarray(0, event.scored),
          alone.subarray(0, event.scored),
        );
        const scored = { scored: event.scored, of: test.count, value, standardError };
        const answer: PassagePenalty = { type: "penalty", id, ...scored };
        if (event.scored === test.count) penalties.set(key, answer);
        yield { type: "passage", answer };
      }
    } finally {
      device.dispose();
    }
  }

  /** [n] 1 where A alone is wrong, of at least the first `count` test images. */
  async function ownUpTo(
    count: number,
    { top }: PairedNetworks,
    test: ImageSet,
  ): Promise<Uint8Array> {
    // Its own answers are what counts as correct.
    if (agreeWith !== undefined) return new Uint8Array(test.count);
    own ??= {
      events: scoreNetwork(top, test, Math.min(mostRows, networkRows(top, test, context))),
      last: { scored: 0, wrong: [], predicted: [] },
    };
    while (own.last.scored < count) {
      const next = await own.events.next();
      if (next.done === true) break;
      own.last = next.value;
    }
    return own.last.wrong[0] ?? new Uint8Array();
  }

  function loaded(): Promise<Loaded> {
    loading ??= load();
    loading.catch(() => (loading = undefined));
    return loading;
  }

  return {
    async *answers(request) {
      const { fits, pair } = await loaded();
      const { site, stitch } = request;
      const mapNow = (): AffineMap => {
        if (stitch.type === "trained") return stitch.map;
        if (stitch.type !== "identity") return fits.fit(site, stitch);
        const channels = ({ taps }: { taps: PairedNetworks["top"]["taps"] }): number =>
          taps[site]?.channels ?? 0;
        return channelsInPlace(channels(pair.bottom), channels(pair.top));
      };
      if (isFitted(stitch)) {
        yield* fits.begin(site);
        const first = fits.images(site);
        yield* seen(request, mapNow());
        yield* fits.complete(site);
        if (fits.images(site) > first) yield* seen(request, mapNow());
      } else yield* seen(request, mapNow());
      yield* penalty(request, mapNow());
    },
  };
}

/**
 * The arguments of `imageBatch` for the request's image.
 *
 * @throws LabError `bad-input` for noise of the class of an image without one
 */
function imageOf(
  { image }: PassageRequest,
  test: ImageSet,
  perturbation: PassageSetup["perturbation"],
): [ImageSet, Uint32Array] {
  if (image.type === "test") return [test, Uint32Array.of(image.index)];
  const { label, pixels } = image;
  if (perturbation === "class-noise" && label === undefined) {
    throw new LabError({
      code: "bad-input",
      input: "image",
      expected: "a test image, whose class the noise depends on",
      found: "an image without a label",
    });
  }
  const own = { ...test, count: 1, labels: Uint16Array.of(label ?? 0), pixels };
  return [own, Uint32Array.of(0)];
}
