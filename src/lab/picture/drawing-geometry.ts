/** Places and sizes of the two networks' blocks on the layer axis. */
import { inputOf } from "../../core/nets/architecture";
import type { Architecture } from "../../core/nets/architecture-schema";
import { isTokens, tapsOf, type Tap } from "../../core/nets/taps";
import { slotPercent, type LayerAxis } from "./plots/layer-plot";

/** One representation of a network. */
export interface Block {
  readonly tap: number;
  /** Middle, in percent of the axis. */
  readonly x: number;
  /** In percent of the axis. */
  readonly width: number;
  /** In CSS pixels: as high as the representation's map, next to the others. */
  readonly height: number;
}

/** Of the largest map, in CSS pixels: between two of them there is room for the stitch. */
const tallest = 50;
const lowest = 10;
/** Up to this many blocks there is a gap between two; those of a deeper network are drawn as stages. */
const mostApart = 30;

/**
 * Returns a network's blocks, one for each tap. A's taps have a slot each; B's are spread over the
 * same axis, its first at the first slot and its last at the last.
 *
 * @param largest height of the largest map of all networks that are drawn together
 */
export function blocksOf(
  architecture: Architecture,
  axis: LayerAxis,
  largest = largestMap([architecture]),
): readonly Block[] {
  const taps = tapsOf(architecture);
  const share = taps.length > mostApart ? 1 : 0.64;
  return taps.map((tap) => ({
    tap: tap.index,
    x: slotPercent(placeOf(tap.index, taps.length, axis.slots), axis),
    width: (100 * share) / Math.max(taps.length, axis.slots),
    height: heightOf(tap, largest),
  }));
}

/** Consecutive blocks of a deep network whose maps are equally high. */
export interface Stage {
  readonly blocks: readonly Block[];
  /** Its edges, in percent of the axis. */
  readonly left: number;
  readonly right: number;
  /** In CSS pixels. */
  readonly height: number;
}

/** Returns the stages of a deep network; null for one whose blocks there is room for. */
export function stagesOf(blocks: readonly Block[]): readonly Stage[] | null {
  if (blocks.length <= mostApart) return null;
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run?.[0]?.height === block.height) run.push(block);
    else runs.push([block]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    return {
      blocks: run,
      left: first.x - first.width / 2,
      right: last.x + last.width / 2,
      height: first.height,
    };
  });
}

/** The blocks of two networks on one scale. */
export function blocksOfPair(
  { bottom, top }: { readonly bottom: HasArchitecture; readonly top: HasArchitecture },
  axis: LayerAxis,
): { readonly bottom: readonly Block[]; readonly top: readonly Block[] } {
  const largest = largestMap([bottom.architecture, top.architecture]);
  return {
    bottom: blocksOf(bottom.architecture, axis, largest),
    top: blocksOf(top.architecture, axis, largest),
  };
}

interface HasArchitecture {
  readonly architecture: Architecture;
}

function placeOf(tap: number, taps: number, slots: number): number {
  if (taps === slots) return tap;
  return taps < 2 ? 0 : (tap * (slots - 1)) / (taps - 1);
}

/**
 * The height of the largest map, in pixels of the network: a stem may shrink an image to a quarter
 * before the first tap. Where all representations are tokens, that of the image.
 */
function largestMap(architectures: readonly Architecture[]): number {
  const taps = architectures.flatMap(tapsOf);
  const maps = taps.filter((tap) => !isTokens(tap)).map(({ height }) => height);
  return Math.max(...(maps.length > 0 ? maps : architectures.map((each) => inputOf(each).height)));
}

/** Tokens are drawn as the map that their patches make. */
function heightOf(tap: Tap, largest: number): number {
  const side = isTokens(tap) ? Math.sqrt(tap.width - 1) : tap.height;
  return Math.max(lowest, (tallest * side) / largest);
}

/** The block whose middle lies nearest. */
export function nearestBlock(blocks: readonly Block[], x: number): Block | undefined {
  const [first, ...rest] = blocks;
  return rest.reduce((a, b) => (a && Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a), first);
}

/** What the maps of a stage measure: their channels only where all have as many. */
export function stageText(taps: readonly Tap[]): string {
  const [first] = taps;
  if (!first) return "";
  const alike = taps.every(({ channels }) => channels === first.channels);
  if (alike || isTokens(first)) return shapeText(first);
  return [first.height, first.width].join("\u00a0×\u00a0");
}

/** "16 × 16 × 32", "65 tokens of 128" */
export function shapeText(tap: Tap): string {
  const { height, width, channels } = tap;
  if (isTokens(tap)) return `${width} tokens of ${channels}`;
  // No line ends within it.
  return [height, width, channels].join("\u00a0×\u00a0");
}
