import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../../src/core/nets/taps";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { imageBatch } from "../../../../src/core/data/images";
import type { ImageSet } from "../../../../src/core/data/image-set";
import { tf, type Tensor } from "../../../../src/core/tensor/tf";
import { dividedMemory, usualMemoryBytes, type LargeCurve } from "../../../../src/engine/memory";
import {
  closedFormRoom,
  networkRows,
  sitesRows,
  trainingRoom,
} from "../../../../src/engine/worker/tasks/batch-room";
import { useBackend } from "../../backend";
import { randomImages, tinyNetwork } from "../../fixtures";

/** A stitch for the task, which may pass in parts. */
const plainly = { needsWhole: false, measuresDistance: false };

const resnet50: ResNetArchitecture = {
  family: "resnet",
  blocks: [3, 4, 6, 3],
  width: 64,
  expansion: 4,
  stem: "imagenet",
  input: { height: 224, width: 224, channels: 3 },
  classes: 1000,
};

function largeCurve(architecture: ResNetArchitecture, images = 4_000): LargeCurve {
  const groups = tapsOf(architecture).map(({ channels }) => {
    const sumBytes = 24 * channels ** 2;
    return { sumBytes, largestBytes: sumBytes };
  });
  return { networks: [architecture, architecture], images, groups };
}

describe("a run", () => {
  test("has all workers that there are for small images, whatever the memory", () => {
    expect(dividedMemory(1, [], 16)).toMatchObject({ workers: 16, hostBytes: 0 });
  });

  test("has as many as fit for large ones, and never none", () => {
    const workers = (memoryBytes: number): number =>
      dividedMemory(memoryBytes, [largeCurve(resnet50)], 16).workers;
    expect(workers(usualMemoryBytes)).toBe(1);
    expect(workers(64e9)).toBe(16);
    expect(workers(1e6)).toBe(1);
  });

  test("counts each worker’s images", () => {
    const workers = (images: number): number =>
      dividedMemory(4e9, [largeCurve(resnet50, images)], 16).workers;
    expect(workers(10_000)).toBeLessThan(workers(100));
  });

  test("keeps memory for the sums of the largest group, and shares the rest among the workers", () => {
    const { hostBytes, memory, workers } = dividedMemory(3e9, [largeCurve(resnet50, 100)], 2);
    expect(workers).toBe(2);
    expect(hostBytes).toBeGreaterThanOrEqual(2 * 24 * 2_048 ** 2);
    expect(hostBytes + memory.runBytes).toBe(3e9);
    expect(memory.shareBytes).toBe(memory.runBytes / 2);
  });
});

describe("a pass", () => {
  let network: FrozenNetwork;
  let other: FrozenNetwork;
  const images = randomImages(8);
  /** A worker that has the memory to itself. */
  const alone = (bytes: number) => ({ memory: { runBytes: bytes, shareBytes: bytes } });
  /** The same numbers of images, said to be as large as networks for ImageNet read. */
  const large: ImageSet = { ...images, height: 224, width: 224 };

  beforeAll(async () => {
    await useBackend("wasm");
    network = tinyNetwork("tiny-a");
    other = tinyNetwork("tiny-b");
  });
  afterAll(() => {
    network.dispose();
    other.dispose();
  });

  // tfjs counts the bytes of all tensors, and reports the most that there were.
  async function mostBytes(run: () => Tensor[]): Promise<number> {
    tf.dispose(tf.tidy(run));
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(() => tf.tidy(run));
    return peakBytes - before;
  }

  test.each<[string, (batch: tf.Tensor4D) => Tensor[], () => number]>([
    ["of a whole network", (batch) => [network.logits(batch)], () => network.memory.top(-1)],
    ["up to a tap", (batch) => [network.bottom(batch, 3)], () => network.memory.bottom(3)],
    [
      "that keeps every tap",
      (batch) => network.representations(batch),
      () => network.memory.representations(4),
    ],
    [
      "with its gradient",
      (batch) => {
        const { logits, pullback } = network.traceTop(network.bottom(batch, 0), 0);
        return [pullback(logits)];
      },
      () => network.memory.tracedTop(0) + network.memory.bottom(0),
    ],
  ])("%s needs about as much memory as estimated", async (_, run, estimate) => {
    const batch = imageBatch(
      images,
      Uint32Array.from({ length: 8 }, (__, k) => k),
    );
    // With so few filters convolutions are tfjs’s, which keep sums apart from what they add.
    const most = (await mostBytes(() => run(batch))) + batch.size * 4;
    batch.dispose();
    expect(most).toBeLessThanOrEqual(1.6 * 8 * estimate());
    expect(most).toBeGreaterThan(0.5 * 8 * estimate());
  });

  test("of small images is always a whole batch", () => {
    const pair = { bottom: other, top: network };
    const held = alone(1);
    expect(networkRows(network, images, held)).toBe(128);
    expect(sitesRows(pair, [0, 4], images, held)).toBe(128);
    expect(closedFormRoom(pair, [0, 4], images, held)).toBeUndefined();
    expect(trainingRoom(pair, 0, images, { ...plainly, needsWhole: true }, held)).toBeUndefined();
  });

  test("of large images is as many as fit, and at most a batch", () => {
    const pair = { bottom: other, top: network };
    const rows = [4e6, 8e6, 1e9].map((memoryBytes) =>
      sitesRows(pair, [2], large, alone(memoryBytes)),
    );
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(rows.at(-1)).toBe(128);
    expect(rows[0]).toBeLessThan(128);
    const room = trainingRoom(pair, 2, large, plainly, alone(8e6));
    expect(room?.rows).toBeGreaterThanOrEqual(1);
    expect(room?.cacheBytes).toBeLessThan(8e6);
  });

  test("of large images is of as many, however many workers share the memory", () => {
    const pair = { bottom: other, top: network };
    const rows = [1, 2, 16].map((workers) => {
      const held = { memory: { runBytes: 8e6, shareBytes: 8e6 / workers } };
      return [
        networkRows(network, large, held),
        sitesRows(pair, [2], large, held),
        closedFormRoom(pair, [2], large, { memory: { runBytes: 4e7, shareBytes: 4e7 / workers } })
          ?.rows,
        trainingRoom(pair, 2, large, plainly, held)?.rows,
      ];
    });
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[2]).toEqual(rows[0]);
  });

  test("of large images is of no more than make it faster", () => {
    const [usual, ample] = [1.5e9, 1e12].map((bytes) =>
      trainingRoom({ bottom: other, top: network }, 0, large, plainly, alone(bytes)),
    );
    expect(ample?.rows).toBe(usual?.rows);
  });

  test("that does not fit with one image is refused with what it needs", () => {
    const pair = { bottom: other, top: network };
    const refused = (run: () => unknown): LabError => {
      try {
        run();
      } catch (thrown) {
        if (thrown instanceof LabError) return thrown;
      }
      throw new Error("expected a LabError, found none");
    };
    const held = alone(100_000);
    for (const run of [
      () => sitesRows(pair, [3], large, held),
      () => closedFormRoom(pair, [3], large, held),
      () => trainingRoom(pair, 3, large, plainly, held),
    ]) {
      const { code, input, expected, found } = refused(run);
      expect(code).toBe("bad-input");
      expect(input).toBe("block 3");
      expect(expected).toMatch(/^at most 1 MB/);
      expect(found).toMatch(/^\d+ MB for an image and the networks$/);
    }
    const whole = refused(() =>
      trainingRoom(pair, 3, large, { ...plainly, needsWhole: true }, alone(3e6)),
    );
    expect(whole.found).toContain("for a batch");
  });
});
