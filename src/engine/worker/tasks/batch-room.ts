/**
 * How many images of a task pass at a time, and what is left of the worker's share of the memory.
 * Sums over a batch depend on the images that pass at a time in their last digits: those follow from
 * the networks, the images and the memory of the whole run, never from the number of workers.
 */
import { LabError } from "../../../core/errors";
import type { ImageSet } from "../../../core/data/image-set";
import { representationBytes } from "../../../core/nets/memory";
import type { FrozenNetwork } from "../../../core/nets/network";
import type { PairedNetworks } from "../../../core/nets/sites";
import { blockBytes, type PartsFit } from "../../../core/closed-form/parts";
import type { BatchFit } from "../../../core/stitch/training/setting";
import { readsAtOnce } from "../../../core/tensor/backend";
import { batchSize, passesWhole } from "../../../experiment/protocol";
import { passBytes, type WorkerMemory } from "../../memory";

/** What passes, in bytes. */
interface Need {
  /** What is being passed, for people: a site's name. */
  readonly what: string;
  /** Held all the time. */
  readonly fixed: number;
  /** For each image that passes. */
  readonly perImage: number;
}

/** Images at a time, and what they leave of the memory. */
interface Room {
  readonly rows: number;
  readonly left: number;
}

interface Held {
  readonly memory: WorkerMemory;
}

const [doubleBytes, floatBytes] = [Float64Array.BYTES_PER_ELEMENT, Float32Array.BYTES_PER_ELEMENT];

/** Images of a whole network that pass at a time, and so count as a batch where nothing is summed. */
export function networkRows(network: FrozenNetwork, images: ImageSet, held: Held): number {
  if (passesWhole(images)) return batchSize;
  const need = { what: "a whole network", fixed: heldBytes([network], images) };
  return roomFor({ ...need, perImage: network.memory.top(-1) }, held).rows;
}

/** The same up to a tap, for a probe of it. */
export function probeRows(
  network: FrozenNetwork,
  tap: number,
  images: ImageSet,
  held: Held,
): number {
  if (passesWhole(images)) return batchSize;
  const { memory, taps } = network;
  const what = taps[tap]?.name ?? `tap ${tap}`;
  const need = { what, fixed: heldBytes([network], images), perImage: memory.bottom(tap) };
  return roomFor(need, held).rows;
}

/** The same where stitches at several sites share the bottom's pass. */
export function sitesRows(
  pair: PairedNetworks,
  sites: readonly number[],
  images: ImageSet,
  held: Held,
): number {
  if (passesWhole(images)) return batchSize;
  const { bottom, top } = pair;
  const above = sites.map((site) => ({
    site,
    bytes: stitchedBytes(pair, site) + top.memory.top(site),
  }));
  const most = above.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const below =
    sites.length === 1
      ? bottom.memory.bottom(most.site)
      : bottom.memory.representations(Math.max(...sites));
  const fixed =
    heldBytes([bottom, top], images) +
    sites.reduce((sum, site) => sum + squareBytes(pair, site, floatBytes), 0);
  return roomFor({ what: nameOf(pair, most.site), fixed, perImage: below + most.bytes }, held).rows;
}

/** The same for a stitched network next to its top, whose later taps are all kept. */
export function departureRows(
  pair: PairedNetworks,
  site: number,
  images: ImageSet,
  held: Held,
): number {
  if (passesWhole(images)) return batchSize;
  const { bottom, top } = pair;
  const own = top.memory.representations(top.taps.length - 1);
  const need = {
    what: nameOf(pair, site),
    fixed: heldBytes([bottom, top], images) + squareBytes(pair, site, floatBytes),
    perImage: bottom.memory.bottom(site) + stitchedBytes(pair, site) + 3 * own,
  };
  return roomFor(need, held).rows;
}

/** Undefined where whole batches pass. */
export function closedFormRoom(
  pair: PairedNetworks,
  sites: readonly number[],
  images: ImageSet,
  held: Held,
): PartsFit | undefined {
  if (passesWhole(images)) return undefined;
  const { bottom, top } = pair;
  const last = Math.max(...sites);
  // Sums so far, those of a batch, and one site's of a part of it, or of both together.
  const largest = Math.max(...sites.map((site) => squareBytes(pair, site, doubleBytes)));
  const sums = sites.reduce((sum, site) => sum + squareBytes(pair, site, doubleBytes), 0);
  // Both representations at a site without their means.
  const centred = Math.max(
    ...sites.map(
      (site) => representationBytes(bottom.taps[site]) + representationBytes(top.taps[site]),
    ),
  );
  const { rows, left } = roomFor(
    {
      what: sites.length === 1 ? nameOf(pair, last) : `sites up to ${nameOf(pair, last)}`,
      fixed: heldBytes([bottom, top], images) + 2 * sums + largest + blockBytes(batchSize),
      perImage: bottom.memory.representations(last) + top.memory.representations(last) + centred,
    },
    held,
  );
  return { rows, keptBytes: left };
}

/**
 * Undefined where whole batches pass.
 *
 * @param measuresDistance from what the top has itself, for which images pass through it, too
 * @throws LabError for a larger kernel that needs whole batches
 */
export function trainingRoom(
  pair: PairedNetworks,
  site: number,
  images: ImageSet,
  {
    needsWhole,
    measuresDistance,
  }: { readonly needsWhole: boolean; readonly measuresDistance: boolean },
  held: Held,
): BatchFit | undefined {
  if (passesWhole(images)) return undefined;
  const { bottom, top } = pair;
  // The top's own representations, and how far the stitched ones are from them.
  const own = measuresDistance ? 2 * top.memory.representations(top.taps.length - 1) : 0;
  const need = {
    what: nameOf(pair, site),
    // The stitch, its gradient, Adam's moments, the coordinates.
    fixed: heldBytes([bottom, top], images) + 5 * squareBytes(pair, site, floatBytes),
    perImage: Math.max(
      bottom.memory.bottom(site),
      2 * representationBytes(bottom.taps[site]) +
        3 * representationBytes(top.taps[site]) +
        top.memory.tracedTop(site) +
        own,
    ),
  };
  if (needsWhole) roomFor({ ...need, perImage: batchSize * need.perImage }, held, "a batch");
  const { rows, left } = roomFor(need, held);
  return { rows, cacheBytes: left };
}

function heldBytes(networks: readonly FrozenNetwork[], { pixels }: ImageSet): number {
  const weights = [...new Set(networks.map(({ memory }) => memory.weights))];
  return weights.reduce((sum, bytes) => sum + bytes, 0) + pixels.byteLength;
}

/** Bytes of all products of channels at a site: xx, xy and yy. */
function squareBytes({ bottom, top }: PairedNetworks, site: number, each: number): number {
  const c1 = bottom.taps[site]?.channels ?? 0;
  const c2 = top.taps[site]?.channels ?? 0;
  return each * (c1 * c1 + c1 * c2 + c2 * c2);
}

function stitchedBytes({ top }: PairedNetworks, site: number): number {
  return representationBytes(top.taps[site]);
}

function nameOf({ top }: PairedNetworks, site: number): string {
  return top.taps[site]?.name ?? `tap ${site}`;
}

/**
 * The largest power of two, up to a batch, of images that fit into half of what is free, or one
 * image into all of it. On a CPU several workers share the memory: none takes more than they need.
 */
function roomFor({ what, fixed, perImage }: Need, { memory }: Held, unit = "an image"): Room {
  const free = memory.runBytes - fixed;
  if (perImage > free) {
    throw new LabError({
      code: "bad-input",
      input: what,
      expected: `at most ${megabytes(memory.runBytes)} of memory for the workers`,
      found: `${megabytes(fixed + perImage)} for ${unit} and the networks`,
    });
  }
  const most = readsAtOnce() ? Math.min(free / 2, passBytes) : free / 2;
  let rows = 1;
  while (rows < batchSize && 2 * rows * perImage <= most) rows *= 2;
  return { rows, left: Math.max(0, memory.shareBytes - fixed - rows * perImage) };
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
