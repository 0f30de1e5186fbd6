/** Passes images through stitches of the tiny networks, with a real thread. */
import { afterEach, expect, test } from "vitest";
import { softmax } from "../../../src/core/stitched/passage";
import {
  openPassages,
  type OpenPassages,
  type PassageQuestion,
} from "../../../src/engine/host/passage";
import { runExperiment } from "../../../src/engine/host/run";
import type { PassagePenalty, PassageStitch, Seen } from "../../../src/engine/passage";
import type { LabErrorData } from "../../../src/core/errors";
import { curvesOf, type Spec } from "../../../src/experiment/spec";
import { largestDifference } from "../core/numbers";
import { tinyDeps, tinySpec, watchedStore, type WatchedStore } from "./tiny-experiment";

const spec: Spec = { ...tinySpec("tiny-a", "tiny-b"), trainImages: 600 };
const itself: Spec = tinySpec("tiny-a", "tiny-a");
const image = { type: "test", index: 3 } as const;

interface Answered {
  readonly seen: readonly Seen[];
  readonly penalty: PassagePenalty;
}

let open: OpenPassages | undefined;
afterEach(() => open?.close());

/** Opens a curve; returns a function that asks, and waits for the whole answer. */
async function opened(
  of: Spec,
  store: WatchedStore = watchedStore(),
): Promise<(question: PassageQuestion) => Promise<Answered>> {
  let answer: (answered: Answered) => void = () => undefined;
  let refuse: (error: LabErrorData) => void = () => undefined;
  let seen: Seen[] = [];
  const passages = await openPassages(curvesOf(of)[0], await tinyDeps(of, { store }), {
    seen: (one) => void seen.push(one),
    penalty(penalty) {
      if (penalty.scored === penalty.of) answer({ seen, penalty });
    },
    fitting: () => undefined,
    failed: (error) => refuse(error),
  });
  open = passages;
  return (question) =>
    new Promise((resolve, reject) => {
      seen = [];
      answer = resolve;
      refuse = (error) => reject(new Error(`${error.input}: ${error.found}`));
      passages.ask(question);
    });
}

const at = (site: number, stitch: PassageStitch): PassageQuestion => ({ site, image, stitch });

test("a network stitched to itself by the identity answers exactly as it does alone", async () => {
  const ask = await opened(itself);
  for (const site of [0, 2, 4]) {
    const { seen, penalty } = await ask(at(site, { type: "identity" }));
    expect(seen).toHaveLength(1);
    const [{ stitched, own, probabilities } = fail()] = seen;
    expect(stitched).toEqual(own);
    expect(probabilities.stitched).toEqual(probabilities.top);
    expect(penalty).toMatchObject({ value: 0, standardError: 0, scored: 512 });
  }
});

test("a fit to itself is the identity: the same answers up to rounding, and no penalty", async () => {
  const ask = await opened(itself);
  for (const stitch of [{ type: "permutation" }, { type: "least-squares" }] as const) {
    const { seen, penalty } = await ask(at(1, stitch));
    const { probabilities, fittedTo } = seen.at(-1) ?? fail();
    expect(largestDifference(probabilities.stitched, probabilities.top)).toBeLessThan(1e-3);
    expect(Math.abs(penalty.value)).toBeLessThan(0.01);
    expect(fittedTo).toBe(960);
  }
});

test("the full rank is the least-squares stitch, and a lower rank is not", async () => {
  const ask = await opened(spec);
  const full = await ask(at(1, { type: "least-squares" }));
  const { map, own } = full.seen.at(-1) ?? fail();
  const ranked = await ask(at(1, { type: "low-rank", rank: own.channels }));
  const other = ranked.seen.at(-1) ?? fail();
  expect(largestDifference(other.map.weight, map.weight)).toBeLessThan(1e-6);
  expect(ranked.penalty.value).toBe(full.penalty.value);
  const low = await ask(at(1, { type: "low-rank", rank: 1 }));
  expect(largestDifference(low.seen.at(-1)?.map.weight ?? [], map.weight)).toBeGreaterThan(1e-3);
});

test("the stitch's output is its matrix applied to B's representation", async () => {
  const ask = await opened(spec);
  const { seen } = await ask(at(3, { type: "least-squares" }));
  const { bottom, stitched, map } = seen.at(-1) ?? fail();
  const positions = stitched.height * stitched.width;
  const expected = Float32Array.from(stitched.values, (_, k) => {
    const [j, position] = [Math.floor(k / positions), k % positions];
    let sum = map.bias[j] ?? NaN;
    for (let i = 0; i < bottom.channels; i++) {
      const weight = map.weight[i * stitched.channels + j] ?? NaN;
      sum += weight * (bottom.values[i * positions + position] ?? NaN);
    }
    return sum;
  });
  expect(largestDifference(stitched.values, expected)).toBeLessThan(1e-3);
});

test("what is stored is used: moments of the run, and its trained stitch", async () => {
  const store = watchedStore();
  const deps = await tinyDeps(spec, { store });
  let penalty = NaN;
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "finished") penalty = event.report.curves[0].sites[0]?.penalty ?? NaN;
  }
  expect(penalty).not.toBeNaN();
  const ask = await opened(spec, store);
  const { seen } = await ask(at(1, { type: "least-squares" }));
  expect(seen).toHaveLength(1);
  expect(seen[0]?.fittedTo).toBe(600);
  const map = (await open?.trained(1)) ?? fail();
  const trained = await ask(at(1, { type: "trained", map }));
  expect(trained.seen[0]?.map).toEqual(map);
  expect(await open?.trained(2)).toBeNull();
});

test("an image of the visitor's is passed like the test image with the same pixels", async () => {
  const ask = await opened(spec);
  const { seen } = await ask({
    site: 0,
    image: { type: "own", pixels: new Uint8Array(3072).fill(128) },
    stitch: { type: "identity" },
  });
  const sum = seen[0]?.probabilities.top.reduce((total, share) => total + share, 0);
  expect(sum).toBeCloseTo(1, 5);
});

test("a newer question ends the one before", async () => {
  const ask = await opened(spec);
  void ask(at(0, { type: "least-squares" }));
  const { seen, penalty } = await ask(at(2, { type: "identity" }));
  expect(seen.every(({ id }) => id === penalty.id)).toBe(true);
});

test("softmax of large logits is finite", () => {
  expect([...softmax([1000, 1000])]).toEqual([0.5, 0.5]);
});

function fail(): never {
  throw new Error("no answer");
}
