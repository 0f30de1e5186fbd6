import { inverse, Matrix } from "ml-matrix";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "../../../../../src/core/schema";
import { matrixOf } from "../../../../../src/core/linear-algebra/matrix";
import { imageBatch } from "../../../../../src/core/data/images";
import {
  affineLossAndGradient,
  deviceCoordinates,
  outputGradientSquares,
  stitched,
} from "../../../../../src/core/stitch/refinement/affine-gradient";
import { deviceStitch } from "../../../../../src/core/stitch/device-stitch";
import { bottomActivations } from "../../../../../src/core/stitch/training/bottom-activations";
import {
  fromCoordinates,
  toCoordinates,
  type InvertibleMatrix,
} from "../../../../../src/core/stitch/refinement/coordinates";
import {
  scoreHeldOut,
  type HeldOutScore,
} from "../../../../../src/core/stitch/refinement/held-out";
import { labelBatch } from "../../../../../src/core/stitch/training/setting";
import { tf, type Tensor } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { cifarImages, fixture, networkOf, weightsSchema, zooTimeoutMs } from "../../../fixtures";
import { relativeDistance } from "../../numbers";

const floats = z.pipe(
  z.array(z.number()),
  z.transform((values) => Float64Array.from(values)),
);

/**
 * Row-major: [c₁], [c₂], T [c₁, c₁], R [c₂, c₂], V [c₁, c₂] and b [c₂], and the same map as W and
 * bias.
 */
const caseSchema = z.object({
  bottom: weightsSchema,
  top: weightsSchema,
  tap: z.int(),
  meanX: floats,
  meanY: floats,
  source: floats,
  target: floats,
  packed: floats,
  weight: floats,
  bias: floats,
  loss: z.number(),
  gradient: floats,
  outputGradientSquares: floats,
});
type Reference = z.infer<typeof caseSchema>;

const { images: imageCount, cases } = fixture(
  "affine-gradient",
  z.object({ images: z.int(), cases: z.array(caseSchema) }),
);

/** PyTorch's T and R, with their inverses. */
function coordinatesIn({
  meanX,
  meanY,
  source,
  target,
}: Reference): Parameters<typeof toCoordinates>[1] {
  const invertible = (values: Float64Array): InvertibleMatrix => {
    const width = Math.round(Math.sqrt(values.length));
    const inverted = inverse(Matrix.from1DArray(width, width, values));
    return {
      matrix: matrixOf(width, width, values),
      inverse: matrixOf(width, width, inverted.to1DArray()),
    };
  };
  return { meanX, meanY, source: invertible(source), target: invertible(target) };
}

interface Found {
  readonly loss: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
  /** z by coordinates, and by W and bias. */
  readonly inCoordinates: ArrayLike<number>;
  readonly mapped: ArrayLike<number>;
  /** On the last 13 images, in batches of 8 and in one. */
  readonly scores: readonly [HeldOutScore, HeldOutScore];
  readonly tensorsLeft: number;
}

async function computed(reference: Reference): Promise<Found> {
  const { tap } = reference;
  const before = tf.memory().numTensors;
  const images = cifarImages("train", imageCount);
  const bottom = networkOf(reference.bottom);
  const top = networkOf(reference.top);
  const batch = Uint32Array.from({ length: imageCount }, (_, k) => k);
  const at = deviceCoordinates(coordinatesIn(reference));
  const packed = tf.tensor1d(Float32Array.from(reference.packed));
  const labels = labelBatch(images, batch, top);
  const x = tf.tidy(() => bottom.bottom(imageBatch(images, batch), tap));
  const { loss, gradient } = affineLossAndGradient(packed, x, labels, top, tap, at);
  const squares = outputGradientSquares(reference, x, labels, top, tap);
  const map = deviceStitch(reference);
  const tensors: Tensor[] = [
    loss,
    gradient,
    squares,
    tf.tidy(() => stitched(packed, x, at)),
    map.apply(x),
  ];
  const [lossOf = [], gradientOf = [], squaresOf = [], inCoordinates = [], mapped = []] =
    await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  const scoredBy = async (batchSize: number): Promise<HeldOutScore> => {
    const activations = bottomActivations(bottom, tap, images, images.count);
    const heldOut = { images, first: imageCount - 13, activations, top, tap, batchSize };
    const events = scoreHeldOut(packed, at, heldOut);
    for (;;) {
      const event = await events.next();
      if (event.done) return event.value;
    }
  };
  const scores = [await scoredBy(8), await scoredBy(13)] as const;
  tf.dispose([...tensors, packed, labels, x]);
  map.dispose();
  at.dispose();
  bottom.dispose();
  top.dispose();
  const tensorsLeft = tf.memory().numTensors - before;
  const numbers = { loss: lossOf, gradient: gradientOf, squares: squaresOf, inCoordinates, mapped };
  return { ...numbers, scores, tensorsLeft };
}

function claims(reference: Reference): void {
  let found: Found;
  beforeAll(async () => {
    found = await computed(reference);
  }, zooTimeoutMs);

  test("the loss is PyTorch's", () => {
    expect(Math.abs((found.loss[0] ?? NaN) / reference.loss - 1)).toBeLessThan(1e-4);
  });

  test("the gradient is PyTorch's", () => {
    // As in gradient.test.ts: a ReLU's input near 0 is rounded to either side.
    expect(relativeDistance(found.gradient, reference.gradient)).toBeLessThan(3e-3);
  });

  test("the squares of the output's gradient are PyTorch's", () => {
    expect(relativeDistance(found.squares, reference.outputGradientSquares)).toBeLessThan(3e-3);
  });

  test("the stitched representation is the map's", () => {
    expect(relativeDistance(found.inCoordinates, found.mapped)).toBeLessThan(1e-5);
  });

  test("the coordinates' map is PyTorch's, and back", () => {
    const at = coordinatesIn(reference);
    const map = fromCoordinates(Float32Array.from(reference.packed), at);
    expect(relativeDistance(map.weight, reference.weight)).toBeLessThan(1e-6);
    expect(relativeDistance(map.bias, reference.bias)).toBeLessThan(1e-6);
    expect(relativeDistance(toCoordinates(reference, at), reference.packed)).toBeLessThan(1e-5);
  });

  test("held-out images score the same in batches that do not divide them as in one", () => {
    const [inBatches, inOne] = found.scores;
    expect(inBatches.losses).toHaveLength(13);
    expect(relativeDistance(inBatches.losses, inOne.losses)).toBeLessThan(1e-5);
    expect(inBatches.wrong).toBe(inOne.wrong);
  });

  test("no tensor stays behind", () => {
    expect(found.tensorsLeft).toBe(0);
  });
}

const named = cases.map((reference) => ({
  name: `${reference.bottom.id} into ${reference.top.id} at tap ${reference.tap}`,
  reference,
}));
const isTiny = ({ reference }: (typeof named)[number]): boolean =>
  reference.bottom.id.startsWith("tiny-");

describe.each(named.filter((one) => !isTiny(one)))("a stitch of $name", ({ reference }) => {
  beforeAll(() => useBackend("wasm"));
  claims(reference);
});

describeOnEachBackend("a stitch", () => {
  describe.each(named.filter(isTiny))("of $name", ({ reference }) => {
    claims(reference);
  });
});
