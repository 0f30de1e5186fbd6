import { expect, test } from "vitest";
import { tensorBytes } from "../../../../src/core/tensor/backend";
import { startCpu } from "../../../../src/core/tensor/plain/start";
import { tf } from "../../../../src/core/tensor/tf";
import { progressMeter } from "../../../../src/engine/host/progress";
import type { BaselineTask } from "../../../../src/experiment/plan/task";

/** @param model a digit */
function baselineOf(model: string): BaselineTask {
  const images = { split: "test" as const, count: 128, shards: ["0".repeat(64)] };
  return { type: "baseline", model: model.repeat(64), images };
}

test("memory is summed over busy workers only", () => {
  const [a, b] = [baselineOf("1"), baselineOf("2")];
  const meter = progressMeter([{ tasks: [a, b], missing: [a, b], tapCount: 9 }], () => 0);
  meter.update(a, 0.5, 3e6);
  meter.update(b, 0.5, 4e6);
  expect(meter.now("")).toMatchObject({ fraction: 0.5, tensorBytes: 7e6 });
  meter.update(a, 1, 0);
  expect(meter.now("")).toMatchObject({ fraction: 0.75, tensorBytes: 4e6 });
});

test("a run that continues begins where the last one ended, and estimates its own speed", () => {
  const tasks = ["1", "2", "3", "4"].map(baselineOf);
  const [, , , last] = tasks;
  if (!last) throw new Error("no task is left");
  let nowMs = 0;
  const meter = progressMeter([{ tasks, missing: [last], tapCount: 9 }], () => nowMs);
  expect(meter.now("")).toMatchObject({ fraction: 0.75, remainingMs: null });
  nowMs = 2_000;
  meter.update(last, 0.5, 0);
  // Too early: what a checkpoint had is taken up at once.
  expect(meter.now("")).toMatchObject({ fraction: 0.875, remainingMs: null });
  nowMs = 10_000;
  expect(meter.now("")).toMatchObject({ fraction: 0.875, remainingMs: 10_000 });
});

test("a tensor of a thousand numbers takes four thousand bytes", async () => {
  await startCpu();
  const before = tensorBytes();
  const tensor = tf.zeros([10, 100]);
  expect(tensorBytes() - before).toBe(4_000);
  tensor.dispose();
  expect(tensorBytes()).toBe(before);
});
