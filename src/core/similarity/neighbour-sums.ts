/** Nearest neighbours that two representations share, counted over minibatches. */
/** Number of neighbours, k. */
export const neighbourCount = 10;

/** Sums over images; sums over parts of the data add up to the sum over the whole. */
export interface NeighbourSums {
  /** Sum of each image's share of common neighbours, in [0, 1]. */
  readonly shared: number;
  readonly images: number;
}

export const noNeighbours: NeighbourSums = { shared: 0, images: 0 };

export function addNeighbours(a: NeighbourSums, b: NeighbourSums): NeighbourSums {
  return { shared: a.shared + b.shared, images: a.images + b.images };
}

/**
 * The nearest images of every image of a minibatch: which images these are, and the same as a table
 * of 1 and 0.
 */
export interface Neighbours {
  /** [n, k] row-major: the nearest images of each, closest first */
  readonly nearest: Uint16Array;
  /** [n, n] row-major: 1 where the second image is among the nearest of the first */
  readonly isNear: Uint8Array;
}

/**
 * Finds the neighbours in one minibatch.
 *
 * @param squares [n, n] squared distances, row-major
 * @returns null for a batch in which every other image is a neighbour, or whose images all have one
 *   representation
 */
export function neighboursIn(squares: Float64Array, n: number): Neighbours | null {
  if (n - 1 <= neighbourCount || !squares.some((square) => square > 0)) return null;
  const nearest = new Uint16Array(n * neighbourCount);
  const isNear = new Uint8Array(n * n);
  for (let image = 0; image < n; image++) {
    const found = nearestTo(squares, n, image);
    nearest.set(found, image * neighbourCount);
    for (const other of found) isNear[image * n + other] = 1;
  }
  return { nearest, isNear };
}

/** Counts one minibatch of n images; nothing where a representation has no neighbours. */
export function neighboursOfBatch(
  x: Neighbours | null,
  y: Neighbours | null,
  n: number,
): NeighbourSums {
  if (!x || !y) return noNeighbours;
  let same = 0;
  x.nearest.forEach((other, at) => {
    same += y.isNear[Math.floor(at / neighbourCount) * n + other] ?? 0;
  });
  return { shared: same / neighbourCount, images: n };
}

/** The nearest images, closest first; the earlier among equals. */
function nearestTo(squares: Float64Array, n: number, image: number): number[] {
  const distance = (other: number): number => squares[image * n + other] ?? NaN;
  const found: number[] = [];
  for (let other = 0; other < n; other++) {
    if (other === image) continue;
    const farthest = found.at(-1);
    if (farthest !== undefined && found.length === neighbourCount) {
      if (distance(other) >= distance(farthest)) continue;
      found.pop();
    }
    const place = found.findIndex((nearer) => distance(nearer) > distance(other));
    found.splice(place < 0 ? found.length : place, 0, other);
  }
  return found;
}
