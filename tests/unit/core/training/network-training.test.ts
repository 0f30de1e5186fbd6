/** Compares the training of whole networks with PyTorch's. */
import { beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import { targetBatch } from "../../../../src/core/data/targets";
import { networkPart } from "../../../../src/core/nets/network";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { graphOf, stateOf as stateOfGraph } from "../../../../src/core/training/graphs/registry";
import { trainable } from "../../../../src/core/training/recipe";
import { adamwStep } from "../../../../src/core/training/adamw";
import { sgdStep } from "../../../../src/core/training/sgd";
import { trainedGraph } from "../../../../src/core/training/trained-graph";
import * as z from "../../../../src/core/schema";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Tensor2D, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { cifarImages, fixture, stateOf, weightsSchema, zooTimeoutMs } from "../../fixtures";

/** What is written of an array: every `step`th value, the sum and the norm of all. */
const outlineSchema = z.object({
  step: z.int(),
  values: z.array(z.number()),
  sum: z.number(),
  norm: z.number(),
});
type Outline = z.infer<typeof outlineSchema>;

const { batches, cases, sgd, adamw } = fixture(
  "network-training",
  z.object({
    sgd: z.object({ lr: z.number(), momentum: z.number(), weight_decay: z.number() }),
    adamw: z.object({ lr: z.number(), weight_decay: z.number() }),
    batches: z.array(z.array(z.int())),
    cases: z.array(
      z.object({
        network: weightsSchema,
        /** Where only the layers above a tap are trained: the network that they read. */
        frozen: z.optional(weightsSchema),
        tap: z.optional(z.int()),
        losses32: z.array(z.number()),
        losses64: z.array(z.number()),
        firstGradient: z.record(z.string(), outlineSchema),
        state: z.record(z.string(), outlineSchema),
      }),
    ),
  }),
);
const numbers = { rate: sgd.lr, momentum: sgd.momentum, weightDecay: sgd.weight_decay };
/** Of running statistics, as in PyTorch. */
const share = 0.1;

/** The largest difference of anything that is written, relative to the array's norm. */
function distance(found: Float32Array | undefined, expected: Outline): number {
  if (!found) return Infinity;
  const scale = expected.norm + 1e-6;
  const sum = found.reduce((total, value) => total + value, 0);
  return Math.max(
    Math.abs(Math.hypot(...found) - expected.norm) / scale,
    Math.abs(sum - expected.sum) / (scale * Math.sqrt(found.length)),
    ...expected.values.map(
      (value, at) => Math.abs((found[at * expected.step] ?? NaN) - value) / scale,
    ),
  );
}

type Named = ReadonlyMap<string, { readonly values: Float32Array }>;

function largest(found: Named, expected: Readonly<Record<string, Outline>>): [string, number] {
  const distances = Object.entries(expected).map(([name, outline]): [string, number] => [
    name,
    distance(found.get(name)?.values, outline),
  ]);
  return distances.reduce((worst, each) => (each[1] > worst[1] ? each : worst));
}

describeOnEachBackend("five steps of training", () => {
  for (const { network, frozen, tap = -1, ...expected } of cases) {
    const what = frozen ? `${network.id} above tap ${tap} of ${frozen.id}` : network.id;
    let losses: number[] = [];
    let firstGradient: Named = new Map();
    let state: Named = new Map();

    beforeAll(async () => {
      const images = cifarImages("train", 1000);
      const weights = stateOf(network);
      const metadata = new Map(Object.entries(network.id.includes("vit") ? { heads: "2" } : {}));
      const architecture = trainable(recogniseArchitecture(weights, network.id, metadata));
      const graph = trainedGraph(graphOf(weights, architecture, tap + 1));
      const below = frozen && networkPart(stateOf(frozen), architecture, 0, tap + 1);
      const classes = architecture.classes ?? 10;
      // A frozen network keeps what its first pass prepares.
      tf.tidy(() => below?.forward(imageBatch(images, Uint32Array.from([0]))));
      const before = tf.memory().numTensors;
      const parameters = graph.parameters.slice();
      const statistics = graph.statistics.slice();
      const [velocity, second] = [0, 1].map(() => new Float32Array(parameters.length)) as [
        Float32Array,
        Float32Array,
      ];
      losses = [];
      for (const [step, indices] of batches.entries()) {
        const batch = Uint32Array.from(indices);
        const [loss, ...vectors] = tf.tidy(() => {
          const labels = targetBatch(images, batch, classes);
          const x = imageBatch(images, batch);
          const read = below ? (below.forward(x) as Tensor4D) : x;
          const found = graph.gradient(tf.tensor1d(parameters), read, (logits) =>
            kernels().crossEntropy(logits as Tensor2D, labels),
          );
          return [found.loss, found.gradient, found.statistics] as const;
        });
        losses.push(...(await loss.data()));
        const [gradient, moments] = await Promise.all(
          vectors.map(async (vector) => Float32Array.from(await vector.data())),
        );
        tf.dispose([loss, ...vectors]);
        if (!gradient || !moments) throw new Error("two vectors");
        if (step === 0)
          firstGradient = stateOfGraph(graph.named(gradient, graph.statistics), architecture);
        if (architecture.family === "vit") {
          const rates = { rate: adamw.lr, weightDecay: adamw.weight_decay, step: step + 1 };
          adamwStep(parameters, gradient, { first: velocity, second }, graph.decays, rates);
        } else {
          sgdStep(parameters, gradient, velocity, numbers);
        }
        statistics.forEach((before, at) => {
          statistics[at] = (1 - share) * before + share * (moments[at] ?? NaN);
        });
      }
      state = stateOfGraph(graph.named(parameters, statistics), architecture);
      expect(tf.memory().numTensors).toBe(before);
      graph.dispose();
      below?.dispose();
    }, zooTimeoutMs);

    test(`${what}: losses are PyTorch's`, () => {
      const { losses32, losses64 } = expected;
      expect(losses).toHaveLength(losses64.length);
      losses.forEach((loss, step) => {
        const exact = losses64[step] ?? NaN;
        // Rounding decides which ReLUs of so small a network pass; PyTorch's float32 shows how much it does.
        const byRounding = 2 * Math.abs((losses32[step] ?? NaN) - exact);
        expect(Math.abs(loss - exact)).toBeLessThan(1e-3 * exact + byRounding);
      });
    });

    test(`${what}: the first gradient is PyTorch's`, () => {
      const [name, worst] = largest(firstGradient, expected.firstGradient);
      expect(worst, name).toBeLessThan(1e-3);
    });

    test(`${what}: parameters and running statistics end where PyTorch's do`, () => {
      expect([...state.keys()].sort()).toEqual(Object.keys(expected.state).sort());
      const [name, worst] = largest(state, expected.state);
      expect(worst, name).toBeLessThan(3e-2);
    });
  }
});
