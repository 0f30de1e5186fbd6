/**
 * One image on its way through a stitched network: what B represents at the site, what the stitch
 * makes of it, what A itself would represent there, and what all three networks answer.
 */
import type { PairedNetworks } from "../nets/sites";
import { hasHead } from "../nets/architecture";
import { isTokens } from "../nets/taps";
import type { DeviceStitch } from "../stitch/device-stitch";
import { tf, type Tensor2D, type Tensor4D } from "../tensor/tf";

/** One image's representation as one map for each channel. */
export interface ChannelMaps {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** [c, h, w] */
  readonly values: Float32Array;
}

export interface Passage {
  /** B's representation, as the stitch reads it: in the height and width of A's tap. */
  readonly bottom: ChannelMaps;
  /** The stitch's output. */
  readonly stitched: ChannelMaps;
  /** A's own representation of the image. */
  readonly own: ChannelMaps;
  /** Of the whole networks and the stitched one, by class. */
  readonly probabilities: {
    /** Null where it has no head. */
    readonly bottom: Float32Array | null;
    readonly stitched: Float32Array;
    readonly top: Float32Array;
  };
}

/**
 * Passes one image.
 *
 * @param image [1, h, w, 3] normalised
 * @param source what the bottom reads of it, where that is something else (see `FrozenNetwork`)
 */
export async function passageOf(
  { bottom, top }: PairedNetworks,
  site: number,
  stitch: DeviceStitch,
  image: Tensor4D,
  source = image,
): Promise<Passage> {
  const { x, z, y, s, a, b } = tf.tidy(() => {
    const x = bottom.bottom(source, site);
    const z = stitch.apply(x);
    const y = top.representations(image, site)[site];
    if (!y) throw new RangeError(`site: expected one of ${top.taps.length}, found ${site}`);
    const passed = { x, z, y, s: top.top(z, site), a: top.logits(image) };
    const b = hasHead(bottom.architecture) ? bottom.logits(image) : undefined;
    return { ...passed, b };
  });
  try {
    const maps = async (tensor: Tensor4D): Promise<ChannelMaps> =>
      channelMaps(await tensor.data(), tensor);
    const probabilities = async (of: Tensor2D): Promise<Float32Array> => softmax(await of.data());
    // Requested together, for one wait.
    const [atBottom, stitched, own, ofBottom, ofStitched, ofTop] = await Promise.all([
      maps(x),
      maps(z),
      maps(y),
      b ? probabilities(b) : null,
      probabilities(s),
      probabilities(a),
    ]);
    return {
      bottom: atBottom,
      stitched,
      own,
      probabilities: { bottom: ofBottom, stitched: ofStitched, top: ofTop },
    };
  } finally {
    tf.dispose([x, z, y, s, a, ...(b ? [b] : [])]);
  }
}

/**
 * Of tokens, those of the patches as a map; the class token has no place in it.
 *
 * @param values [1, h, w, c]
 */
function channelMaps(values: ArrayLike<number>, { shape }: Tensor4D): ChannelMaps {
  const [, height, width, channels] = shape;
  const side = Math.sqrt(width - 1);
  // Other rows of positions, as a network may have them, are shown as they are.
  const tokens = isTokens({ height, width }) && Number.isInteger(side);
  const skipped = tokens ? 1 : 0;
  const size = tokens ? { height: side, width: side } : { height, width };
  const positions = size.height * size.width;
  const planes = new Float32Array(channels * positions);
  for (let c = 0; c < channels; c++) {
    for (let at = 0; at < positions; at++) {
      planes[c * positions + at] = values[(at + skipped) * channels + c] ?? NaN;
    }
  }
  return { channels, ...size, values: planes };
}

/** Probabilities of logits; NaN where a logit is not finite. */
export function softmax(logits: ArrayLike<number>): Float32Array {
  const all = Array.from(logits);
  const largest = Math.max(...all);
  const powers = all.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}
