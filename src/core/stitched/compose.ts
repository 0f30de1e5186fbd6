/**
 * A stitched network as the state of one network: the bottom's layers up to the stitch and the
 * top's after it, under their PyTorch names, and the stitch between them as a separate layer, its
 * BatchNorms folded in.
 *
 * Before the linear layer of a convolutional network, mean and affine map commute: the stitch folds
 * into `fc`, and the file is a network of the bottom's own architecture. Elsewhere it stays a
 * layer. It cannot fold into the convolution after it, whose zero padding a stitch with a bias does
 * not map to zeros, nor into the ReLU before it.
 */
import { LabError } from "../errors";
import type { Architecture } from "../nets/architecture-schema";
import { tapsCorrespond, tapsOf, isTokens } from "../nets/taps";
import { networkPart } from "../nets/network";
import { toPaddedMap } from "../stitch/padded-map";
import { toAffine, type StitchParameters } from "../stitch/parameters";
import { parameter, type State, type StateTensor } from "../weights/state";

/** One of the two networks. */
export interface Half {
  readonly state: State;
  readonly architecture: Architecture;
}

export interface Composed {
  readonly state: State;
  /** Whether the stitch is a separate layer, `stitch`, or folded into `fc`. */
  readonly stitch: "layer" | "folded into fc";
}

/**
 * @throws LabError `bad-input` if the two networks' layers do not correspond: their names would not
 *   be those of one network
 */
export function composed(bottom: Half, top: Half, tap: number, stitch: StitchParameters): Composed {
  if (!tapsCorrespond(bottom.architecture, top.architecture)) {
    throw new LabError({
      code: "bad-input",
      input: "stitched network as a file",
      expected: "two networks whose layers correspond",
      found: `${bottom.architecture.family} and ${top.architecture.family}, whose layers differ`,
    });
  }
  const below = partOf(bottom, 0, tap + 1);
  const above = partOf(top, tap + 1);
  const last = tap === tapsOf(top.architecture).length - 1;
  if (last && top.architecture.family !== "vit" && stitch.side === undefined) {
    const folded = intoClassifier(top.state, stitch);
    return { state: new Map([...below, ...folded]), stitch: "folded into fc" };
  }
  const place = tapsOf(top.architecture)[tap];
  const layer = place && isTokens(place) ? ofTokens(stitch) : ofMaps(stitch);
  return { state: new Map([...below, ...layer, ...above]), stitch: "layer" };
}

/** The parameters that a range of segments reads, in order. */
function partOf({ state, architecture }: Half, first: number, end?: number): State {
  const read = new Map<string, StateTensor>();
  const watched: State = new (class extends Map<string, StateTensor> {
    override get(name: string): StateTensor | undefined {
      const tensor = super.get(name);
      if (tensor) read.set(name, tensor);
      return tensor;
    }
  })(state);
  networkPart(watched, architecture, first, end).dispose();
  return read;
}

/** Folds the stitch into `fc`: fc(mean(x W + b)) = mean(x) (W fcᵀ) + (fc b + its own bias). */
function intoClassifier(top: State, stitch: StitchParameters): State {
  const { source, target } = stitch;
  const { weight, bias } = toAffine(stitch);
  const classes = top.get("fc.weight")?.shape[0] ?? 0;
  const rows = parameter(top, "fc.weight", [classes, target]);
  const shift = parameter(top, "fc.bias", [classes]);
  const folded = new Float32Array(classes * source);
  const moved = new Float32Array(classes);
  for (let k = 0; k < classes; k++) {
    let constant = shift[k] ?? 0;
    for (let j = 0; j < target; j++) constant += (rows[k * target + j] ?? 0) * (bias[j] ?? 0);
    moved[k] = constant;
    for (let i = 0; i < source; i++) {
      let sum = 0;
      for (let j = 0; j < target; j++) {
        sum += (rows[k * target + j] ?? 0) * (weight[i * target + j] ?? 0);
      }
      folded[k * source + i] = sum;
    }
  }
  return new Map([
    ["fc.weight", { shape: [classes, source], values: folded }],
    ["fc.bias", { shape: [classes], values: moved }],
  ]);
}

/** The stitch of tokens as `torch.nn.Linear(source, target)`. */
function ofTokens(stitch: StitchParameters): State {
  const { source, target } = stitch;
  const { weight, bias } = toAffine(stitch);
  return new Map([
    ["stitch.weight", { shape: [target, source], values: outputsFirst(weight, stitch) }],
    ["stitch.bias", { shape: [target], values: Float32Array.from(bias) }],
  ]);
}

/**
 * The stitch of maps as `torch.nn.Conv2d(source, target, 1)`; with a larger kernel
 * `Sequential(BatchNorm2d(source), Conv2d(source, target, k, padding=k // 2))`, since the first
 * BatchNorm's output is padded with zeros.
 */
function ofMaps(stitch: StitchParameters): State {
  const { source, target, side } = stitch;
  if (side === undefined) {
    const { weight, bias } = toAffine(stitch);
    return new Map([
      ["stitch.weight", { shape: [target, source, 1, 1], values: outputsFirst(weight, stitch) }],
      ["stitch.bias", { shape: [target], values: Float32Array.from(bias) }],
    ]);
  }
  const { kernel, bias } = toPaddedMap(stitch);
  const vector = (values: Float32Array): StateTensor => ({ shape: [source], values });
  return new Map([
    ["stitch.0.weight", vector(stitch.gamma1)],
    ["stitch.0.bias", vector(stitch.beta1)],
    ["stitch.0.running_mean", vector(stitch.mean1)],
    ["stitch.0.running_var", vector(stitch.variance1)],
    [
      "stitch.1.weight",
      { shape: [target, source, side, side], values: outputsFirst(kernel, stitch) },
    ],
    ["stitch.1.bias", { shape: [target], values: Float32Array.from(bias) }],
  ]);
}

/** Transposes [k, k, c₁, c₂], our layout, to PyTorch's [c₂, c₁, k, k]. */
function outputsFirst(
  values: Float64Array,
  {
    source,
    target,
    side = 1,
  }: Pick<StitchParameters, "source" | "target"> & { side?: number | undefined },
): Float32Array {
  const cells = side * side;
  return Float32Array.from({ length: values.length }, (_, at) => {
    const cell = at % cells;
    const from = Math.floor(at / cells) % source;
    const out = Math.floor(at / (cells * source));
    return values[(cell * source + from) * target + out] ?? 0;
  });
}
