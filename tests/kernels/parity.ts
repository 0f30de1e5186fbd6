/**
 * Compares our kernels with tfjs's operators on plain JavaScript, case by case: convolutions of
 * every form, ReLU's gradient, columns, cross-entropy, Adam. Runs wherever a backend does: Node and
 * browsers.
 */
import { seeded } from "../../src/core/random/generator";
import { initAdam, updateAdam } from "../../src/core/stitch/training/adam";
import { relativeDifference } from "../../src/core/stitch/training/self-test";
import { kernels } from "../../src/core/tensor/backend";
import type {
  ConvolutionGeometry,
  FrozenConvolution,
  Kernels,
} from "../../src/core/tensor/kernels";
import { plainKernels } from "../../src/core/tensor/plain/kernels";
import { replayed } from "../../src/core/tensor/steps";
import {
  tf,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../src/core/tensor/tf";

/** Float32 sums in another order. */
export const tolerance = 1e-5;

/** [n, h, w, c₁, c₂, k, stride] */
const convolutions: readonly [number, number, number, number, number, number, 1 | 2][] = [
  [2, 8, 8, 16, 16, 3, 1],
  [3, 6, 10, 4, 8, 3, 1],
  [2, 8, 8, 20, 36, 3, 1],
  [1, 5, 7, 8, 32, 5, 1],
  [2, 8, 8, 16, 64, 1, 1],
  [2, 8, 8, 16, 32, 3, 2],
  [3, 10, 6, 12, 20, 3, 2],
  [2, 8, 8, 16, 32, 1, 2],
  [2, 8, 8, 3, 16, 3, 1],
];

interface Case {
  readonly name: string;
  /** By our functions, whatever kernels the backend has for them. */
  ours(): Tensor;
  /** By tfjs's operators alone. */
  plain(): Tensor;
}

/** Numbers of a case; the same on every backend. */
function numbers(seed: number, size: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
}

function random4d(seed: number, ...shape: [number, number, number, number]): Tensor4D {
  return tf.tensor4d(numbers(seed, tf.util.sizeFromShape(shape)), shape);
}

function random2d(seed: number, n: number, c: number): Tensor2D {
  return tf.tensor2d(numbers(seed, n * c), [n, c]);
}

function convolutionCases(): Case[] {
  return convolutions.flatMap(([n, h, w, c1, c2, k, stride]) => {
    const [outH, outW] = [h / stride, w / stride];
    const kernel = (): Tensor4D => random4d(1, k, k, c1, c2);
    const bias = (): Tensor1D => tf.tensor1d(numbers(2, c2));
    const x = (): Tensor4D => random4d(3, n, h, w, c1);
    const dy = (): Tensor4D => random4d(4, n, outH, outW, c2);
    const likeOutput = (): Tensor4D => random4d(5, n, outH, outW, c2);
    const likeInput = (): Tensor4D => random4d(6, n, h, w, c1);
    const mask = (): Tensor4D => random4d(7, n, h, w, c1);
    const pad = (k - 1) / 2;
    const plainForward = (): Tensor4D => {
      const padded = tf.pad(x(), [
        [0, 0],
        [pad, pad],
        [pad, pad],
        [0, 0],
      ]);
      return tf.add(tf.conv2d(padded, kernel(), stride, "valid"), bias());
    };
    const plainGradient = (): Tensor4D =>
      tf.slice(
        tf.conv2dTranspose(dy(), kernel(), [n, h + 2 * pad, w + 2 * pad, c1], stride, "valid"),
        [0, pad, pad, 0],
        [n, h, w, c1],
      );
    const ours = (compute: (made: FrozenConvolution) => Tensor): Tensor => {
      const convolution = kernels().frozenConvolution(tf.keep(kernel()), tf.keep(bias()), stride);
      const computed = compute(convolution);
      convolution.dispose();
      return computed;
    };
    const name = `${k}×${k}, ${c1} to ${c2}, stride ${stride}`;
    const positive = (gradient: Tensor): Tensor => tf.mul(gradient, tf.step(mask()));
    return [
      {
        name: `${name}: forward`,
        ours: () => ours((made) => made.forward(x(), "linear")),
        plain: plainForward,
      },
      {
        name: `${name}: forward, addend, ReLU`,
        ours: () => ours((made) => made.forward(x(), "relu", likeOutput())),
        plain: () => tf.relu(tf.add(plainForward(), likeOutput())),
      },
      {
        name: `${name}: input gradient`,
        ours: () => ours((made) => made.inputGradient(dy())),
        plain: plainGradient,
      },
      {
        name: `${name}: input gradient, addend, mask`,
        ours: () => ours((made) => made.inputGradient(dy(), { addend: likeInput(), mask: mask() })),
        plain: () => positive(tf.add(plainGradient(), likeInput())),
      },
      {
        name: `${name}: a kernel that changes, forward`,
        ours: () => kernels().convolution(x(), kernel(), stride),
        plain: () => tf.sub(plainForward(), bias()),
      },
      {
        name: `${name}: a kernel that changes, input gradient`,
        ours: () => kernels().inputGradient(dy(), kernel(), stride),
        plain: plainGradient,
      },
    ];
  });
}

/** [n, h, w, c₁, c₂, groups, kernel, stride, padding, dilation] */
const grouped: readonly (readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  readonly [number, number],
  number,
  number,
  number,
])[] = [
  [2, 6, 5, 8, 8, 8, [3, 3], 1, 1, 1],
  [1, 7, 8, 8, 8, 8, [5, 5], 2, 2, 1],
  [1, 9, 9, 4, 4, 4, [3, 2], 1, 2, 2],
  [1, 6, 6, 6, 6, 6, [3, 3], 2, 1, 1],
  [2, 5, 6, 16, 16, 2, [3, 3], 1, 1, 1],
  [1, 7, 8, 8, 16, 2, [3, 3], 2, 1, 1],
  [1, 5, 5, 6, 9, 3, [3, 3], 1, 1, 1],
  [1, 9, 10, 3, 8, 1, [7, 7], 2, 3, 1],
];

function groupedCases(): Case[] {
  return grouped.flatMap(([n, h, w, c1, c2, groups, kernel, step, pad, spread]) => {
    const pair = (value: number): [number, number] => [value, value];
    const out = [h, w].map(
      (size, axis) =>
        Math.floor((size + 2 * pad - ((kernel[axis] ?? 1) - 1) * spread - 1) / step) + 1,
    ) as [number, number];
    const geometry: ConvolutionGeometry = {
      ...{ kernel, stride: pair(step), dilation: pair(spread), groups, channels: c1 },
      ...{ before: pair(pad), after: pair(pad), size: [h, w], out },
    };
    const values = numbers(1, (kernel[0] * kernel[1] * c1 * c2) / groups);
    const bias = numbers(2, c2);
    const x = (): Tensor4D => random4d(3, n, h, w, c1);
    const dy = (): Tensor4D => random4d(4, n, ...out, c2);
    const likeOutput = (): Tensor4D => random4d(5, n, ...out, c2);
    const likeInput = (): Tensor4D => random4d(6, n, h, w, c1);
    const name = `${kernel.join("×")}, ${c1} to ${c2} in ${groups} groups, stride ${step}`;
    const works: Readonly<Record<string, (made: FrozenConvolution) => Tensor>> = {
      forward: (made) => made.forward(x(), "linear"),
      "forward, addend, ReLU": (made) => made.forward(x(), "relu", likeOutput()),
      "input gradient": (made) => made.inputGradient(dy()),
      "input gradient, addend, mask": (made) =>
        made.inputGradient(dy(), { addend: likeInput(), mask: likeInput() }),
    };
    const by = (make: Kernels["generalConvolution"], work: (typeof works)[string]): Tensor => {
      const made = make(values, bias, geometry);
      const result = work(made);
      made.dispose();
      return result;
    };
    return Object.entries(works).map(([label, work]) => ({
      name: `${name}: ${label}`,
      ours: () => by(kernels().generalConvolution, work),
      plain: () => by(plainKernels.generalConvolution, work),
    }));
  });
}

function columnCases(): Case[] {
  const shapes: readonly [number, number][] = [
    [40, 12],
    [1_000, 16],
    [3_000, 8],
    [16, 4_096],
    [100, 7],
  ];
  return shapes.flatMap(([n, c]) => {
    const rows = (): Tensor2D => tf.tidy(() => tf.add(random2d(1, n, c), 3));
    const name = `[${n}, ${c}]`;
    return [
      {
        name: `${name}: column sums`,
        ours: () => kernels().columnSums(rows()),
        plain: () => tf.sum(rows(), 0),
      },
      {
        name: `${name}: column means`,
        ours: () => kernels().columnMeans(rows()),
        plain: () => tf.mean(rows(), 0),
      },
      {
        name: `${name}: centred columns`,
        ours: () => kernels().centredColumns(rows()).centred,
        plain: () => tf.sub(rows(), tf.mean(rows(), 0)),
      },
      ...normCases(name, n, c),
    ];
  });
}

/** The passes of a BatchNorm in training. */
function normCases(name: string, n: number, c: number): Case[] {
  const x = (): Tensor2D => random2d(1, n, c);
  const g = (): Tensor2D => random2d(2, n, c);
  const vector = (seed: number): Tensor1D => tf.tensor1d(numbers(seed, c));
  const centred = (): Tensor => tf.sub(x(), vector(3));
  const scaled = (): Tensor => tf.add(tf.mul(x(), vector(4)), vector(5));
  return [
    {
      name: `${name}: sums of a gradient`,
      ours: () => kernels().columnMoments(x(), vector(3), g()),
      plain: () => tf.stack([tf.sum(g(), 0), tf.sum(tf.mul(g(), centred()), 0)]),
    },
    {
      name: `${name}: sums of squares`,
      ours: () => kernels().columnMoments(x(), vector(3)),
      plain: () => tf.stack([tf.sum(centred(), 0), tf.sum(tf.square(centred()), 0)]),
    },
    {
      name: `${name}: scaled`,
      ours: () => kernels().scaleColumns(x(), vector(4), vector(5), { relu: false }),
      plain: scaled,
    },
    {
      name: `${name}: scaled, addend, ReLU`,
      ours: () => kernels().scaleColumns(x(), vector(4), vector(5), { addend: g(), relu: true }),
      plain: () => tf.relu(tf.add(scaled(), g())),
    },
    {
      name: `${name}: combined`,
      ours: () => kernels().combineColumns(g(), x(), { a: vector(3), b: vector(4), d: vector(5) }),
      plain: () => tf.add(tf.add(tf.mul(g(), vector(3)), tf.mul(x(), vector(4))), vector(5)),
    },
  ];
}

/** [n, h, w, c, kernel, stride, padding] */
const pools: readonly (readonly [number, number, number, number, number, number, number])[] = [
  [2, 8, 8, 8, 3, 2, 1],
  [2, 9, 7, 4, 3, 2, 0],
  [1, 6, 6, 12, 2, 2, 0],
  [2, 5, 5, 6, 3, 1, 1],
];

function poolCases(): Case[] {
  return pools.map(([n, h, w, c, k, step, pad]) => {
    const pair = (value: number): [number, number] => [value, value];
    const window = { kernel: pair(k), stride: pair(step), before: pair(pad) };
    const gradient = (by: Kernels): Tensor => {
      const x = random4d(1, n, h, w, c);
      const around = pair(pad);
      const padded = tf.pad(x, [[0, 0], around, around, [0, 0]], -1e9);
      const output = tf.maxPool(padded, k, step, "valid");
      return by.maxPoolGradient(x, output, random4d(2, ...output.shape), window);
    };
    return {
      name: `[${n}, ${h}, ${w}, ${c}]: gradient of a maximum, ${k}×${k}, stride ${step}`,
      ours: () => gradient(kernels()),
      plain: () => gradient(plainKernels),
    };
  });
}

function productCases(): Case[] {
  const tall: readonly [n: number, p: number, q: number][] = [
    [50, 4, 8],
    [3_000, 16, 16],
    [5_000, 16, 40],
    [700, 64, 36],
    [90, 6, 8],
  ];
  const wide: readonly [n: number, k: number][] = [
    [8, 40],
    [36, 5_000],
    [128, 1_024],
    [6, 40],
  ];
  return [
    ...tall.map(([n, p, q]) => ({
      name: `[${n}, ${p}]ᵀ [${n}, ${q}]`,
      ours: () => kernels().matMulTransposeA(random2d(1, n, p), random2d(2, n, q)),
      plain: () => tf.matMul(random2d(1, n, p), random2d(2, n, q), true),
    })),
    ...wide.map(([n, k]) => ({
      name: `inner products of the rows of [${n}, ${k}]`,
      ours: () => kernels().gramMatrix(random2d(1, n, k)),
      plain: () => tf.matMul(random2d(1, n, k), random2d(1, n, k), false, true),
    })),
  ];
}

/**
 * The same work on other numbers, five times in a row: plain at first, then recorded, then
 * replayed.
 */
function replayCases(): Case[] {
  const work = (x: Tensor4D, rows: Tensor2D): [Tensor2D, Tensor1D] => {
    // Constants that are uploaded and thrown away, and memory that is used again.
    const scaled = tf.mul(x, tf.tensor1d([2, -1, 0.5, 3]));
    const summed = tf.add(tf.relu(scaled), tf.tensor1d([1, 2, 3, 4]));
    const flat = tf.reshape<Rank.R2>(summed, [40, 4]);
    return [kernels().matMulTransposeA(flat, rows), kernels().columnSums(rows)];
  };
  const inputs = (k: number): [Tensor4D, Tensor2D] => [
    random4d(10 + k, 2, 4, 5, 4),
    // On the device already, where the other is uploaded.
    tf.mul<Tensor2D>(random2d(20 + k, 40, 8), k),
  ];
  const repeated = (run: typeof work): Tensor =>
    tf.concat1d(
      [1, 2, 3, 4, 5].flatMap((k) => run(...inputs(k)).map((tensor) => tensor.flatten())),
    );
  return [
    {
      name: "replayed work",
      ours() {
        const again = replayed(work);
        const results = repeated((...given) => again.run(...given));
        again.dispose();
        return results;
      },
      plain: () => repeated(work),
    },
  ];
}

function otherCases(): Case[] {
  const [x, y] = [() => random4d(1, 3, 2, 5, 3), () => random4d(2, 3, 2, 5, 3)];
  const logits = (): Tensor2D => tf.mul(random2d(1, 70, 10), 5);
  const labels = (): Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: 700 }, (_, k) => Number(k % 10 === Math.floor(k / 10) % 10)),
      [70, 10],
    );
  const losses = (): Tensor => tf.neg(tf.sum(tf.mul(labels(), tf.logSoftmax(logits())), 1));
  const parameters = (): Tensor1D => tf.tensor1d(numbers(3, 37));
  const gradients = [4, 5].map((seed) => () => tf.tensor1d(numbers(seed, 37)));
  const adam = (): Tensor => {
    let at = { parameters: parameters(), state: initAdam(37) };
    for (const gradient of gradients) at = updateAdam(at.parameters, gradient(), at.state, 0.1);
    return tf.concat1d([at.parameters, at.state.first, at.state.second]);
  };
  const plainAdam = (): Tensor => {
    let value: Tensor = parameters();
    let first: Tensor = tf.zeros([37]);
    let second: Tensor = tf.zeros([37]);
    gradients.forEach((gradient, k) => {
      first = tf.add(tf.mul(first, 0.9), tf.mul(gradient(), 0.1));
      second = tf.add(tf.mul(second, 0.999), tf.mul(tf.square(gradient()), 0.001));
      const deviation = tf.add(tf.sqrt(tf.div(second, 1 - 0.999 ** (k + 1))), 1e-8);
      value = tf.sub(value, tf.div(tf.mul(tf.div(first, 1 - 0.9 ** (k + 1)), 0.1), deviation));
    });
    return tf.concat1d([value, first, second] as Tensor1D[]);
  };
  return [
    {
      name: "the gradient of a ReLU",
      ours: () => kernels().reluGradient(x(), y()),
      plain: () => tf.mul(x(), tf.step(y())),
    },
    {
      name: "cross-entropies",
      ours: () => kernels().crossEntropies(logits(), labels()),
      plain: losses,
    },
    {
      name: "mean cross-entropy",
      ours: () => kernels().crossEntropy(logits(), labels()).loss,
      plain: () => tf.mean(losses()),
    },
    {
      name: "its gradient",
      ours: () => kernels().crossEntropy(logits(), labels()).gradient,
      plain: () => tf.div(tf.sub(tf.softmax(logits()), labels()), 70),
    },
    { name: "two steps of Adam", ours: adam, plain: plainAdam },
  ];
}

export interface CaseResult {
  readonly name: string;
  readonly values: Float32Array;
}

async function computed(which: "ours" | "plain"): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of [
    ...convolutionCases(),
    ...groupedCases(),
    ...columnCases(),
    ...poolCases(),
    ...productCases(),
    ...replayCases(),
    ...otherCases(),
  ]) {
    const tensor = tf.tidy(() => one[which]());
    results.push({ name: one.name, values: Float32Array.from(await tensor.data()) });
    tensor.dispose();
  }
  return results;
}

/** Every case by our functions, on the current backend. */
export function ourResults(): Promise<CaseResult[]> {
  return computed("ours");
}

/**
 * Every case by tfjs's operators, on the current backend: plain JavaScript for the reference.
 */
export function plainResults(): Promise<CaseResult[]> {
  return computed("plain");
}

/** The cases that differ by more than the tolerance, relative to their largest number. */
export function disagreements(
  found: readonly CaseResult[],
  expected: readonly CaseResult[],
): { readonly name: string; readonly difference: number }[] {
  return expected.flatMap(({ name, values }, k) => {
    const difference = relativeDifference(found[k]?.values ?? new Float32Array(), values);
    return difference <= tolerance ? [] : [{ name, difference }];
  });
}
