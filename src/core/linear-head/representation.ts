/**
 * What a linear probe reads of a representation: Alain & Bengio 2016, "Understanding intermediate
 * layers using linear classifier probes", who also pool the maps of early layers.
 */
import { isTokens, type Tap } from "../nets/taps";

/**
 * How a probe reads a representation. `pooled`: each channel's mean over all positions. `flattened`: every channel at every position;
 * of a representation with more than `mostNumbers` numbers, means over at most 4 × 4 parts of the
 * map, or over at most 16 runs of tokens.
 */
export const probeRepresentations = ["pooled", "flattened"] as const;
export type ProbeRepresentation = (typeof probeRepresentations)[number];

/** A flattened representation with more numbers is averaged over parts of the map first. */
const mostNumbers = 2048;
const mostSide = 4;

type MapSize = Pick<Tap, "height" | "width" | "channels">;

/** Returns the rows and columns of parts over which a representation is averaged. */
export function probeGrid(size: MapSize, representation: ProbeRepresentation): [number, number] {
  const { height, width, channels } = size;
  if (representation === "pooled") return [1, 1];
  if (height * width * channels <= mostNumbers) return [height, width];
  if (isTokens(size)) return [1, Math.min(width, mostSide ** 2)];
  return [Math.min(height, mostSide), Math.min(width, mostSide)];
}

/** Returns how many numbers a probe reads of an image. */
export function probeWidth(size: MapSize, representation: ProbeRepresentation): number {
  const [rows, columns] = probeGrid(size, representation);
  return rows * columns * size.channels;
}
