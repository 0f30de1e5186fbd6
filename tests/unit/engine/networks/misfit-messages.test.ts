/** Messages that do not fit: the caller gets an error instead of waiting. */
import { expect, test } from "vitest";
import { askWorker } from "../../../../src/engine/ask-worker";
import { createPool } from "../../../../src/engine/host/pool";
import { nullChannel, type TabChannel } from "../../../../src/engine/host/tabs/broadcast";
import { sharedRun } from "../../../../src/engine/host/tabs/shared-run";
import type {
  FromWorker,
  ToWorker,
  WorkerPort,
  WorkerSetup,
} from "../../../../src/engine/messages";
import { serve } from "../../../../src/engine/worker/serve";
import { createPauseSignal } from "../../../../src/engine/pause-signal";
import type { BaselineTask } from "../../../../src/experiment/plan/task";

/** A worker that answers every message by a list of messages. */
function scriptedPort(answers: (message: ToWorker) => readonly unknown[]): WorkerPort & {
  readonly stopped: () => boolean;
} {
  let receive: (message: unknown) => void = () => undefined;
  let stopped = false;
  return {
    post(message) {
      for (const answer of answers(message)) queueMicrotask(() => receive(answer));
    },
    onMessage(listener) {
      receive = listener;
    },
    onBreak: () => undefined,
    terminate() {
      stopped = true;
    },
    stopped: () => stopped,
  };
}

const data = { name: "none", height: 1, width: 1, channels: 3, classes: [], train: [], test: [] };
const setup = { backend: "cpu", models: [], data, dataFolder: "/" } as unknown as WorkerSetup;
const task: BaselineTask = {
  type: "baseline",
  model: "0".repeat(64),
  images: { split: "test", count: 1, shards: [] },
};
const request = { task, sums: [], from: undefined };
const listener = { progress: () => undefined, checkpoint: () => undefined };
const ready = { type: "ready", adapter: null };
const result = { type: "result", result: { type: "baseline", wrong: Uint8Array.of(1) } };
const hsic = { xy: NaN, xx: "large", yy: 1 };

test.each([
  {
    what: "a value of another type",
    message: { type: "progress", fraction: NaN, activity: "", tensorBytes: 0 },
    input: "message of a worker: fraction",
    found: "Invalid input: expected number, received NaN",
  },
  {
    what: "a value deep in a result",
    message: {
      type: "result",
      result: { type: "closed-form", sums: [{ hsic, biasedHsic: hsic, rbfHsic: hsic }] },
    },
    input: "message of a worker: result.sums.0.hsic.xx",
    found: "Invalid input",
  },
  { what: "no object", message: "done", input: "message of a worker", found: "Invalid input" },
])(
  "$what fails the task that ran, with what was expected and found; the pool goes on",
  async ({ message, input, found }) => {
    const ports: ReturnType<typeof scriptedPort>[] = [];
    const recovered: string[] = [];
    const spawn = (): WorkerPort => {
      const answer = ports.length === 0 ? message : result;
      const port = scriptedPort(({ type }) =>
        type === "setup" ? [ready] : type === "run" ? [answer] : [],
      );
      ports.push(port);
      return port;
    };
    const events = {
      still: () => undefined,
      recovered: (reason: string) => void recovered.push(reason),
    };
    const pool = createPool(spawn, setup, 1, createPauseSignal(), events);
    await expect(pool.run(request, listener)).rejects.toMatchObject({
      name: "LabError",
      code: "unexpected",
      input,
      found: expect.stringContaining(found) as string,
    });
    // The worker still runs the task: another one takes the next.
    expect(ports.map((port) => port.stopped())).toEqual([true]);
    expect(await pool.run(request, listener)).toEqual(result.result);
    expect(ports).toHaveLength(2);
    expect(recovered).toEqual([]);
    pool.close();
  },
);

test("a worker that is asked for one thing and answers another fails, and is stopped", async () => {
  const port = scriptedPort(() => [{ type: "validated", network: { name: 7 } }]);
  const asked = askWorker(() => port, {
    messages: [{ type: "probe", backend: "cpu" }],
    answerOf: () => undefined,
    input: "file",
    expected: "an answer",
  });
  await expect(asked).rejects.toMatchObject({
    name: "LabError",
    code: "unexpected",
    input: "message of a worker: network.sha256",
  });
  expect(port.stopped()).toBe(true);
});

test("a worker that is asked for something unknown says so", async () => {
  const answer = await new Promise<FromWorker>((resolve) => {
    const unused = (): never => {
      throw new Error("not asked for");
    };
    const receive = serve({
      send: resolve,
      assets: { read: unused },
      startBackend: unused,
      probe: unused,
      nowMs: () => 0,
    });
    receive({ type: "dance" } as unknown as ToWorker);
  });
  expect(answer).toEqual({
    type: "failed",
    error: {
      code: "unexpected",
      input: "message to a worker",
      expected: "a request that it knows",
      found: "dance",
    },
  });
});

test("a tab that follows a run fails when the other tab sends what does not fit", async () => {
  let hear: (message: unknown) => void = () => undefined;
  const line: TabChannel = {
    ...nullChannel(""),
    onMessage(listen) {
      hear = listen;
    },
  };
  const events = sharedRun({
    key: "experiment",
    // Another tab computes, and never ends.
    locks: {
      ifFree: () => Promise.resolve(undefined),
      exclusive: () => new Promise(() => undefined),
      isHeld: () => Promise.resolve(true),
    },
    openLine: () => line,
    pause: createPauseSignal(),
    signal: new AbortController().signal,
    run: () => {
      throw new Error("nothing is computed here");
    },
  });
  expect((await events.next()).value).toEqual({ type: "computing", where: "elsewhere" });
  hear({ type: "event", event: { type: "progress", fraction: "half" } });
  await expect(events.next()).rejects.toMatchObject({
    name: "LabError",
    code: "unexpected",
    input: "message of another tab: event.fraction",
  });
});
