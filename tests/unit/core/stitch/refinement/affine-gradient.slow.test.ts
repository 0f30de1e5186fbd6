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
  type DeviceCoordinates,
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
import {
  distanceObjective,
  taskObjective,
  type Objective,
} from "../../../../../src/core/stitch/refinement/objective";
import { tf, type Tensor1D, type Tensor4D } from "../../../../../src/core/tensor/tf";
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
const losses = { loss: z.number(), gradient: floats, outputGradientSquares: floats };

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
  ...losses,
  objectives: z.object({ functional: z.object(losses), penultimate: z.object(losses) }),
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

const objectiveNames = ["task", "functional", "penultimate"] as const;
type ObjectiveName = (typeof objectiveNames)[number];

interface Found {
  readonly objectives: Readonly<Record<ObjectiveName, FoundOf>>;
  /** z by coordinates, and by W and bias. */
  readonly inCoordinates: ArrayLike<number>;
  readonly mapped: ArrayLike<number>;
  readonly tensorsLeft: number;
}

interface FoundOf {
  readonly loss: number;
  readonly gradient: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
  /** On the last 13 images, in batches of 8 and in one. */
  readonly scores: readonly [HeldOutScore, HeldOutScore];
}

async function computed(reference: Reference): Promise<Found> {
  const { tap } = reference;
  const before = tf.memory().numTensors;
  const images = cifarImages("train", imageCount);
  const bottom = networkOf(reference.bottom);
  const top = networkOf(reference.top);
  const at = deviceCoordinates(coordinatesIn(reference));
  const packed = tf.tensor1d(Float32Array.from(reference.packed));
  const x = tf.tidy(() => bottom.bottom(imageBatch(images, batchOfAll), tap));
  const objectiveOf = async (name: ObjectiveName): Promise<Objective> =>
    name === "task"
      ? taskObjective(images, top, tap)
      : distanceObjective(name, images, top, tap, { rows: 8, fit: imageCount });
  const foundOf = async (name: ObjectiveName): Promise<FoundOf> => {
    const objective = await objectiveOf(name);
    const { loss, gradient, squares } = await numbersOf(reference, { x, packed, at }, objective);
    const scoredBy = async (batchSize: number): Promise<HeldOutScore> => {
      const activations = bottomActivations(bottom, tap, images, images.count);
      const heldOut = { images, first: imageCount - 13, activations, top, objective, batchSize };
      const events = scoreHeldOut(packed, at, heldOut);
      for (;;) {
        const event = await events.next();
        if (event.done) return event.value;
      }
    };
    const scores = [await scoredBy(8), await scoredBy(13)] as const;
    return { loss: loss[0] ?? NaN, gradient, squares, scores };
  };
  const objectives = {
    task: await foundOf("task"),
    functional: await foundOf("functional"),
    penultimate: await foundOf("penultimate"),
  };
  const map = deviceStitch(reference);
  const [byCoordinates, byMap] = [tf.tidy(() => stitched(packed, x, at)), map.apply(x)];
  const inCoordinates = Float32Array.from(await byCoordinates.data());
  const mapped = Float32Array.from(await byMap.data());
  tf.dispose([byCoordinates, byMap, packed, x]);
  map.dispose();
  at.dispose();
  bottom.dispose();
  top.dispose();
  return { objectives, inCoordinates, mapped, tensorsLeft: tf.memory().numTensors - before };
}

const batchOfAll = Uint32Array.from({ length: imageCount }, (_, k) => k);

async function numbersOf(
  reference: Reference,
  { x, packed, at }: { x: Tensor4D; packed: Tensor1D; at: DeviceCoordinates },
  objective: Objective,
) {
  const compared = objective.reference(batchOfAll);
  const { loss, gradient } = affineLossAndGradient(packed, x, compared, objective, at);
  const squares = outputGradientSquares(reference, x, compared, objective);
  const read = async (tensor: typeof compared) => Float32Array.from(await tensor.data());
  const numbers = {
    loss: await read(loss),
    gradient: await read(gradient),
    squares: await read(squares),
  };
  tf.dispose([compared, loss, gradient, squares]);
  return numbers;
}

function claims(reference: Reference): void {
  let found: Found;
  beforeAll(async () => {
    found = await computed(reference);
  }, zooTimeoutMs);

  describe.each(objectiveNames)("%s", (name) => {
    const expected = name === "task" ? reference : reference.objectives[name];

    test("the loss is PyTorch's", () => {
      expect(Math.abs(found.objectives[name].loss / expected.loss - 1)).toBeLessThan(1e-4);
    });

    test("the gradient is PyTorch's", () => {
      // As in gradient.test.ts: a ReLU's input near 0 is rounded to either side.
      const { gradient } = found.objectives[name];
      expect(relativeDistance(gradient, expected.gradient)).toBeLessThan(3e-3);
    });

    test("the squares of the output's gradient are PyTorch's", () => {
      const { squares } = found.objectives[name];
      expect(relativeDistance(squares, expected.outputGradientSquares)).toBeLessThan(3e-3);
    });

    test("held-out images score the same in batches that do not divide them as in one", () => {
      const [inBatches, inOne] = found.objectives[name].scores;
      expect(inBatches.losses).toHaveLength(13);
      expect(relativeDistance(inBatches.losses, inOne.losses)).toBeLessThan(1e-5);
      expect(inBatches.wrong).toBe(inOne.wrong);
      // The same stitched network answers, whatever it is compared with.
      expect(inOne.wrong).toBe(found.objectives.task.scores[1].wrong);
    });
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
