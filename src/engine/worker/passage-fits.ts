/**
 * Stitches in closed form at every site of a pair of networks, from stored moments or from moments
 * gathered here, in one pass of both networks for all sites. A first fit needs only part of it.
 */
import { momentsAtSites } from "../../core/closed-form/moments-pass";
import type { PairedNetworks } from "../../core/nets/sites";
import type { AffineMap } from "../../core/stitch/affine-map";
import { matchedChannels } from "../../core/stitch/families/channel-maps";
import { leastSquares } from "../../core/stitch/families/least-squares";
import { lowRankFits } from "../../core/stitch/families/low-rank";
import { mergeMoments, type Moments } from "../../core/stitch/moments";
import { tensorBytes } from "../../core/tensor/backend";
import type { FromWorker } from "../messages";
import type { PassageSetup, PassageStitch } from "../passage";
import { passesWhole } from "../../experiment/protocol";
import { closedFormRoom } from "./tasks/batch-room";
import type { WorkerContext } from "./tasks/context";

type FittedStitch = Exclude<PassageStitch, { type: "identity" | "trained" }>;

export interface PassageFits {
  /** Gathers as much as a first fit needs; yields progress. */
  begin(site: number): AsyncGenerator<FromWorker>;
  /** Gathers the rest. */
  complete(site: number): AsyncGenerator<FromWorker>;
  /** Training images that stitches at a site are fitted to now. */
  images(site: number): number;
  /** @throws LabError `numerics` where B's representation does not vary */
  fit(site: number, stitch: FittedStitch): AffineMap;
}

/** What follows from a site's moments, computed when it is first needed. */
interface SiteFits {
  readonly leastSquares: () => AffineMap;
  readonly lowRank: () => (rank: number) => AffineMap;
  readonly permutation: () => AffineMap;
}

/** A first fit has at least this many positions for each of B's channels. */
const firstPositions = 32;

export function createPassageFits(
  { stored, train }: PassageSetup,
  pair: PairedNetworks,
  context: WorkerContext,
  mostRows: number,
): PassageFits {
  let gathered: { readonly images: number; readonly moments: readonly (Moments | undefined)[] } = {
    images: 0,
    moments: [],
  };
  /** The site that was gathered alone; null for all of them. */
  let alone: number | null = null;
  const fits = new Map<number, SiteFits>();

  async function* gatherUpTo(site: number, wanted: number): AsyncGenerator<FromWorker> {
    if (stored[site]) return;
    const images = await context.images(train);
    const all = [...pair.top.taps.keys()];
    // The products of all sites’ channels would fill the memory.
    const sites = passesWhole(images) ? all : [site];
    if (sites.length < all.length && alone !== site) {
      gathered = { images: 0, moments: [] };
      alone = site;
    }
    const rows = Math.min(mostRows, closedFormRoom(pair, sites, images, context)?.rows ?? mostRows);
    while (gathered.images < wanted) {
      const first = gathered.images;
      const end = Math.min(first + rows, train.count);
      const moments = await momentsAtSites(pair, sites, images, { first, end });
      gathered = {
        images: end,
        moments: all.map((at) => {
          const [part, before] = [moments.get(at), gathered.moments[at]];
          return part && before ? mergeMoments(before, part) : part;
        }),
      };
      fits.clear();
      yield {
        type: "progress",
        fraction: gathered.images / train.count,
        activity: `comparing representations on ${train.count} training images`,
        tensorBytes: tensorBytes(),
      };
    }
  }

  function fitsAt(site: number): SiteFits {
    const before = fits.get(site);
    if (before) return before;
    const moments = stored[site]?.moments ?? gathered.moments[site];
    if (!moments) throw new RangeError(`moments of site ${site}: expected some, found none`);
    const made: SiteFits = {
      leastSquares: lazily(() => leastSquares(moments)),
      lowRank: lazily(() => lowRankFits(moments)),
      permutation: lazily(() => matchedChannels(moments)),
    };
    fits.set(site, made);
    return made;
  }

  return {
    begin(site) {
      const { channels = 1 } = pair.bottom.taps[site] ?? {};
      const { height = 1, width = 1 } = pair.top.taps[site] ?? {};
      const images = Math.ceil((firstPositions * channels) / (height * width));
      return gatherUpTo(site, Math.min(images, train.count));
    },
    complete: (site) => gatherUpTo(site, train.count),
    images: (site) => stored[site]?.images ?? gathered.images,
    fit(site, stitch) {
      const at = fitsAt(site);
      switch (stitch.type) {
        case "least-squares":
          return at.leastSquares();
        case "low-rank":
          return at.lowRank()(stitch.rank);
        case "permutation":
          return at.permutation();
        default:
          return stitch satisfies never;
      }
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
