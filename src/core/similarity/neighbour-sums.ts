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
 * Counts one minibatch from the squared distances in either representation, [n, n] row-major. A
 * batch in which every other image is a neighbour, or whose images all have one representation,
 * counts no images.
 */
export function neighboursOfBatch(
  squaresX: Float64Array,
  squaresY: Float64Array,
  n: number,
): NeighbourSums {
  const varies = (squares: Float64Array): boolean => squares.some((square) => square > 0);
  if (n - 1 <= neighbourCount || !varies(squaresX) || !varies(squaresY)) return noNeighbours;
  let same = 0;
  for (let image = 0; image < n; image++) {
    const near = nearest(squaresX, n, image);
    same += nearest(squaresY, n, image).filter((other) => near.includes(other)).length;
  }
  return { shared: same / neighbourCount, images: n };
}

/** The nearest images, closest first; the earlier among equals. */
function nearest(squares: Float64Array, n: number, image: number): number[] {
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
