import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spawnPageWorker } from "../../../../src/lab/engine/spawn-worker";

/** Locks of one browser: who holds each, and who waits for it. */
class StandInLocks {
  readonly held = new Set<string>();
  private readonly waiting = new Map<string, () => void>();

  query(): Promise<{ held: { name: string }[] }> {
    return Promise.resolve({ held: [...this.held].map((name) => ({ name })) });
  }
  request(name: string, { signal }: { signal: AbortSignal }, granted: () => void): Promise<void> {
    this.waiting.set(name, granted);
    signal.addEventListener("abort", () => this.waiting.delete(name));
    return Promise.resolve();
  }
  release(name: string): void {
    this.held.delete(name);
    this.waiting.get(name)?.();
  }
}

/** A worker that never says anything. */
class SilentWorker extends EventTarget {
  static lock = "";
  constructor(_script: URL, { name }: { name: string }) {
    super();
    SilentWorker.lock = `stitch-lab:worker:${name}`;
  }
  postMessage(): void {
    return;
  }
  terminate(): void {
    return;
  }
}

let locks: StandInLocks;

beforeEach(() => {
  vi.useFakeTimers();
  locks = new StandInLocks();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("Worker", SilentWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function spawned(): { breaks: string[]; terminate: () => void } {
  const port = spawnPageWorker("http://localhost/");
  const breaks: string[] = [];
  port.onBreak((reason) => {
    breaks.push(reason);
  });
  return {
    breaks,
    terminate: () => port.terminate(),
  };
}

test("a worker killed before its first message is reported", async () => {
  const { breaks } = spawned();
  locks.held.add(SilentWorker.lock);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(breaks).toEqual([]);
  locks.release(SilentWorker.lock);
  await vi.advanceTimersByTimeAsync(0);
  expect(breaks).toEqual(["the worker was stopped from outside"]);
});

test("a worker killed before it starts is reported after a minute", async () => {
  const { breaks } = spawned();
  await vi.advanceTimersByTimeAsync(55_000);
  expect(breaks).toEqual([]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(breaks).toEqual(["the worker did not start within 60 seconds"]);
});

test.each([0, 1_000])(
  "a worker that the page itself stops after %i ms is not reported",
  async (afterMs) => {
    const { breaks, terminate } = spawned();
    if (afterMs > 0) locks.held.add(SilentWorker.lock);
    await vi.advanceTimersByTimeAsync(afterMs);
    terminate();
    locks.release(SilentWorker.lock);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(breaks).toEqual([]);
  },
);
