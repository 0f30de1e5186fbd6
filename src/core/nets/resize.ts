/**
 * Resizes a representation to the height and width of another network's tap. A stitch maps position
 * by position, and can thus join networks of different shapes. Nothing here is trained.
 *
 * - Maps are average-pooled where they shrink by an integer factor, else resized bilinearly (half-pixel centres).
 * - Tokens, [n, 1, 1 + g², c] with the class token first, become a map by leaving the class token out and laying the
 * others out row by row; a map becomes tokens the same way back, its mean standing for the class
 * token.
 */
import { tf, type Rank, type Tensor4D } from "../tensor/tf";
import { isTokens, type Size } from "./taps";

/**
 * @param x [n, h, w, c] at the tap `from`
 * @returns [n, to.height, to.width, c]; `x` itself where nothing changes, else new; call it inside
 *   a `tidy`
 */
export function resized(x: Tensor4D, from: Size, to: Size): Tensor4D {
  if (from.height === to.height && from.width === to.width) return x;
  return tf.tidy(() => {
    const map = isTokens(from) ? mapOfTokens(x) : x;
    if (!isTokens(to)) return resizedMap(map, to.height, to.width);
    const side = Math.sqrt(to.width - 1);
    const grid = resizedMap(map, side, side);
    const first = isTokens(from)
      ? tf.slice(x, [0, 0, 0, 0], [-1, 1, 1, -1])
      : tf.mean<Tensor4D>(x, [1, 2], true);
    const [n, , , c] = x.shape;
    return tf.concat([first, tf.reshape<Rank.R4>(grid, [n, 1, side * side, c])], 2);
  });
}

/** Drops the class token: [n, 1, 1 + g², c] to [n, g, g, c]. */
function mapOfTokens(x: Tensor4D): Tensor4D {
  const [n, , tokens, c] = x.shape;
  const side = Math.sqrt(tokens - 1);
  return tf.reshape(tf.slice(x, [0, 0, 1, 0], [-1, -1, -1, -1]), [n, side, side, c]);
}

function resizedMap(x: Tensor4D, height: number, width: number): Tensor4D {
  const [, h, w] = x.shape;
  if (h === height && w === width) return x;
  if (h % height === 0 && w % width === 0) {
    const window: [number, number] = [h / height, w / width];
    return tf.avgPool(x, window, window, "valid");
  }
  return tf.image.resizeBilinear(x, [height, width], false, true);
}
