import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { slopePerMinute } from "../../../bench/memory/over-time";
import { treeBytes } from "../../../bench/memory/process-tree";

const megabyte = 1e6;

test.runIf(process.platform === "linux")(
  "what a child holds counts for its parent's tree, and no longer once it has ended",
  async () => {
    const held = 200 * megabyte;
    const program = `globalThis.kept = Buffer.alloc(${held}, 1); console.log("held"); process.stdin.resume()`;
    const before = treeBytes(process.pid);
    const child = spawn(process.execPath, ["-e", program]);
    await once(child.stdout, "data");
    const during = treeBytes(process.pid);
    child.stdin.end();
    await once(child, "exit");
    expect(during - before).toBeGreaterThan(0.8 * held);
    expect(treeBytes(process.pid) - before).toBeLessThan(0.5 * held);
  },
);

test("memory that grows by a megabyte a second grows by 60 a minute, and constant memory by none", () => {
  const seconds = [0, 1, 2, 5, 9];
  const climbing = seconds.map((at) => ({ seconds: at, megabytes: 500 + at }));
  const level = seconds.map((at) => ({ seconds: at, megabytes: 500 }));
  expect(slopePerMinute(climbing)).toBeCloseTo(60, 9);
  expect(slopePerMinute(level)).toBeCloseTo(0, 9);
});

test("one sample has no slope", () => {
  expect(slopePerMinute([{ seconds: 1, megabytes: 500 }])).toBeNull();
});
