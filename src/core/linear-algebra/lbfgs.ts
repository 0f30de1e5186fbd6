/**
 * L-BFGS: minimises a smooth function of many variables from its gradients (Nocedal & Wright 2006,
 * algorithms 7.4 and 7.5). Near the minimum, where rounding hides what a step gains, the gradient
 * decides (Hager & Zhang 2005, approximate Wolfe conditions).
 */

/** A function at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface LbfgsStep extends Evaluation {
  readonly point: Float64Array;
  /** Steps taken so far. */
  readonly steps: number;
  /** False where no step improved the point: its rounding is reached. */
  readonly improved: boolean;
}

/** Steps whose curvature is remembered. */
const memory = 10;
/** A step must gain this share of what the gradient promises. */
const sufficientGain = 1e-4;
/** Values closer than this share of themselves are equal but for rounding. */
const rounding = 1e-6;
const mostHalvings = 20;

interface Curvature {
  readonly step: Float64Array;
  /** Of the gradient over that step. */
  readonly change: Float64Array;
  readonly product: number;
}

/** Yields the start, then the point after every step, until no step improves it. */
export async function* lbfgs(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
): AsyncGenerator<LbfgsStep> {
  const known: Curvature[] = [];
  let now: LbfgsStep = { point: start, ...(await evaluate(start)), steps: 0, improved: true };
  yield now;
  while (now.improved) {
    const direction = descent(now.gradient, known);
    const next = await lineSearch(evaluate, now, direction, known.length === 0);
    if (next.improved) remember(known, now, next);
    now = next;
    yield now;
  }
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, known: readonly Curvature[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = [...known].reverse().map(({ step, change, product }) => {
    const share = dot(step, direction) / product;
    add(direction, change, -share);
    return share;
  });
  const last = known.at(-1);
  const scale = last ? last.product / dot(last.change, last.change) : 1;
  direction.forEach((value, k) => (direction[k] = scale * value));
  known.forEach(({ step, change, product }, k) => {
    const share = shares[known.length - 1 - k] ?? 0;
    add(direction, step, share - dot(change, direction) / product);
  });
  return direction;
}

/** Halves the step until it gains enough, or flattens the slope. The first step has length 1 at most. */
async function lineSearch(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  now: LbfgsStep,
  direction: Float64Array,
  isFirst: boolean,
): Promise<LbfgsStep> {
  const slope = dot(now.gradient, direction);
  const steps = now.steps + 1;
  let length = isFirst ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
  for (let halving = 0; slope < 0 && halving < mostHalvings; halving++) {
    const point = now.point.slice();
    add(point, direction, length);
    const { value, gradient } = await evaluate(point);
    const gains = value <= now.value + sufficientGain * length * slope;
    const isClose = value <= now.value + rounding * Math.abs(now.value);
    const ahead = dot(gradient, direction);
    if (gains || (isClose && Math.abs(ahead) < (1 - 2 * sufficientGain) * -slope)) {
      return { point, value, gradient, steps, improved: true };
    }
    length /= 2;
  }
  return { ...now, improved: false };
}

/** Forgets the oldest; skips a step along which the gradient did not grow. */
function remember(
  known: Curvature[],
  before: Evaluation & { point: Float64Array },
  after: LbfgsStep,
): void {
  const step = difference(after.point, before.point);
  const change = difference(after.gradient, before.gradient);
  const product = dot(step, change);
  if (product <= 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) return;
  known.push({ step, change, product });
  if (known.length > memory) known.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

/** a += scale · b */
function add(a: Float64Array, b: Float64Array, scale: number): void {
  for (let k = 0; k < a.length; k++) a[k] = (a[k] ?? 0) + scale * (b[k] ?? 0);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, k) => value - (b[k] ?? 0));
}
