/** With the browser's own locks, which two trainings on one page share like two tabs. */
import { expect, test, vi } from "vitest";
import { usualTraining } from "../../../../src/experiment/training/spec";
import type { PageTrainingEvent } from "../../../../src/lab/engine/engine-types";
import { browserTabs } from "../../../../src/lab/engine/tabs";
import { trainInTurn } from "../../../../src/lab/engine/train-in-turn";

const { locks } = await browserTabs();
const step: PageTrainingEvent = { type: "step", step: 1, steps: 2, loss: 1 };
let seed = 0;

interface Tab {
  readonly seen: PageTrainingEvent["type"][];
  readonly ended: Promise<unknown>;
  readonly stop: AbortController;
  readonly leave: AbortController;
}

/** A training that begins with a step and ends with `work`. */
function tab(work: Promise<unknown>, ofSeed = seed): Tab {
  const [stop, leave] = [new AbortController(), new AbortController()];
  const seen: PageTrainingEvent["type"][] = [];
  async function* train(): AsyncGenerator<PageTrainingEvent> {
    yield step;
    await work;
  }
  const control = { signal: leave.signal, stop: stop.signal };
  async function run(): Promise<void> {
    const spec = { ...usualTraining, seed: ofSeed };
    for await (const { type } of trainInTurn(spec, control, locks, train)) seen.push(type);
  }
  return { seen, ended: run().catch((thrown: unknown) => thrown), stop, leave };
}

test("a second tab waits for the first, says so, and then trains", async () => {
  seed++;
  const work = Promise.withResolvers<unknown>();
  const first = tab(work.promise);
  await vi.waitFor(() => expect(first.seen).toEqual(["step"]));
  const second = tab(Promise.resolve());
  await vi.waitFor(() => expect(second.seen).toEqual(["elsewhere"]));
  const other = tab(Promise.resolve(), seed + 1000);
  await other.ended;
  expect(other.seen).toEqual(["step"]);
  expect(second.seen).toEqual(["elsewhere"]);
  work.resolve(undefined);
  await second.ended;
  expect(second.seen).toEqual(["elsewhere", "step"]);
});

test.each(["stop", "leave"] as const)("who waits can %s", async (how) => {
  seed++;
  const work = Promise.withResolvers<unknown>();
  const first = tab(work.promise);
  await vi.waitFor(() => expect(first.seen).toEqual(["step"]));
  const second = tab(Promise.resolve());
  await vi.waitFor(() => expect(second.seen).toEqual(["elsewhere"]));
  second[how].abort();
  expect(await second.ended).toMatchObject({ code: "cancelled" });
  // The lock is still the first's, and free after it.
  work.resolve(undefined);
  await first.ended;
  const third = tab(Promise.resolve());
  await third.ended;
  expect(third.seen.at(-1)).toBe("step");
});

test("a training that fails leaves its turn to the next", async () => {
  seed++;
  const work = Promise.withResolvers<unknown>();
  const first = tab(work.promise);
  await vi.waitFor(() => expect(first.seen).toEqual(["step"]));
  work.reject(new Error("failed"));
  expect(await first.ended).toMatchObject({ message: "failed" });
  const second = tab(Promise.resolve());
  await second.ended;
  expect(second.seen.at(-1)).toBe("step");
});
