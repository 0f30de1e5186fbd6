/**
 * Two networks as rows of blocks, to one scale: positions of everything in the drawing. In drawing
 * units.
 */
import {
  classesOf,
  imageChannels,
  imageSide,
  isTokens,
  tapsOf,
  type Architecture,
  type Tap,
} from "../../core/nets/architecture";

export const drawingWidth = 720;
/** Middles of the two rows: the top network above, as in the stitched network. */
export const topRow = 34;
export const bottomRow = 118;
export const drawingHeight = 152;

/** A representation, or the image, or the answer. */
export interface Block {
  /** Left edge. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** The tap's number; null for the image and the answer. */
  readonly tap: number | null;
}

const margin = 2;
const gap = 7;
/** Thinner ones would not be seen or hit. */
const thinnest = 3;
/** Of a map of the image's height. */
const tallest = 64;

/**
 * A row's blocks from the image to the answer. Width is channels, on the same scale in both rows;
 * height is height.
 */
export function rowsOfBlocks(
  bottom: Architecture,
  top: Architecture,
): { readonly bottom: readonly Block[]; readonly top: readonly Block[] } {
  const scale = Math.min(scaleOf(bottom), scaleOf(top));
  return { bottom: blocksOf(bottom, scale), top: blocksOf(top, scale) };
}

/** Channels of everything that is drawn of a network, in order. */
function channelsOf(architecture: Architecture): readonly number[] {
  return [
    imageChannels,
    ...tapsOf(architecture).map(({ channels }) => channels),
    classesOf(architecture),
  ];
}

/** Units a channel with which a network fills the drawing. */
function scaleOf(architecture: Architecture): number {
  const channels = channelsOf(architecture);
  const room = drawingWidth - 2 * margin - gap * (channels.length - 1);
  // Those that would be too thin take their room first.
  let scale = 0;
  let thin: readonly number[] = [];
  do {
    const wide = channels.filter((_, k) => !thin.includes(k));
    scale = (room - thinnest * thin.length) / wide.reduce((sum, value) => sum + value, 0);
    thin = channels.flatMap((value, k) => (value * scale < thinnest ? [k] : []));
  } while (channels.some((value, k) => value * scale < thinnest && !thin.includes(k)));
  return scale;
}

function blocksOf(architecture: Architecture, scale: number): readonly Block[] {
  const taps = tapsOf(architecture);
  const image = { tap: null, channels: imageChannels, height: tallest };
  const answer = { tap: null, channels: classesOf(architecture), height: 10 };
  const layers = taps.map((tap) => ({
    tap: tap.index,
    channels: tap.channels,
    height: heightOf(tap),
  }));
  let x = margin;
  return [image, ...layers, answer].map(({ tap, channels, height }) => {
    const width = Math.max(thinnest, channels * scale);
    const block = { x, width, height, tap };
    x += width + gap;
    return block;
  });
}

/** Tokens are drawn as the map that their patches make. */
function heightOf(tap: Tap): number {
  const side = isTokens(tap) ? Math.sqrt(tap.width - 1) : tap.height;
  return Math.max(4, (tallest * side) / imageSide);
}

export function middleOf({ x, width }: Block): number {
  return x + width / 2;
}

/** The block of a tap. */
export function blockAt(row: readonly Block[], tap: number): Block | undefined {
  return row.find((block) => block.tap === tap);
}

/** The tap whose block's middle lies nearest. @throws RangeError for a row without taps */
export function nearestTap(row: readonly Block[], x: number): number {
  const distance = (block: Block): number => Math.abs(middleOf(block) - x);
  const [first, ...rest] = row.filter(({ tap }) => tap !== null);
  if (first?.tap === null || first === undefined) throw new RangeError("row: expected a tap");
  return rest.reduce((a, b) => (distance(b) < distance(a) ? b : a), first).tap ?? first.tap;
}

/** "16 × 16 × 32", "65 tokens of 128" */
export function shapeText(tap: Tap): string {
  const { height, width, channels } = tap;
  if (isTokens(tap)) return `${width} tokens of ${channels}`;
  // No line ends within it.
  return [height, width, channels].join("\u00a0×\u00a0");
}
