import { describe, expect, test } from "vitest";
import { browserLeftRuns } from "../../../../../src/lab/session/runs/left-runs";
import { browserTrainingMemory } from "../../../../../src/lab/session/trainings/training-memory";
import { sessionRunMemory, type RunMemory } from "../../../../../src/lab/session/runs/run-memory";
import { storageWith } from "../../fakes";

/** The memory of a tab that has written this. */
function memoryOf(text: string | null): RunMemory {
  return sessionRunMemory(
    storageWith(text === null ? {} : { "stitch-lab-run": text }),
    none,
    browserTrainingMemory(undefined),
  );
}

const none = browserLeftRuns(undefined, () => 0);

const key = "#v=3&bottom=b&top=t&protocol=quick&backend=wasm";

test.each([true, false])("a run is remembered, paused or not: %j", (paused) => {
  const memory = memoryOf(null);
  expect(memory.read()).toBeNull();
  memory.write({ key, paused });
  expect(memory.read()).toEqual({ key, paused });
  memory.write(null);
  expect(memory.read()).toBeNull();
});

test.each([true, false])("a run remembered by the first version is read: held %j", (held) => {
  const memory = memoryOf(JSON.stringify({ key, held }));
  expect(memory.read()).toEqual({ key, paused: held });
});

test.each(["{", "[]", "null", '"held"', '{"key":"k"}', '{"key":"k","held":1}'])(
  "unreadable memory is no run: %s",
  (text) => {
    expect(memoryOf(text).read()).toBeNull();
  },
);

test("without browser storage no run is remembered, and nothing fails", () => {
  const memory = sessionRunMemory(undefined, none, browserTrainingMemory(undefined));
  memory.write({ key, paused: true });
  expect(memory.read()).toBeNull();
});

describe("unfinished runs", () => {
  const run = { key, only: null };

  test("outlive the page, the latest first, with how far they are", () => {
    const storage = storageWith();
    const before = browserLeftRuns(storage, () => 1);
    before.note(run, { fraction: 0.71 });
    before.note({ key: "#other", only: 2 }, { fraction: 0.1 });
    before.note(run);
    expect(browserLeftRuns(storage, () => 2).list()).toEqual([
      { key, only: null, fraction: 0.71, cancelled: false, changedAtMs: 1 },
      { key: "#other", only: 2, fraction: 0.1, cancelled: false, changedAtMs: 1 },
    ]);
  });

  test("of single curves are forgotten with the whole experiment's", () => {
    const left = browserLeftRuns(storageWith(), () => 1);
    for (const only of [null, 0, 1]) left.note({ key, only });
    left.forget({ key, only: 1 });
    expect(left.list().map(({ only }) => only)).toEqual([0, null]);
    left.forget(run);
    expect(left.list()).toEqual([]);
  });

  test.each(["{", "null", "{}", '[1, {"key": "k"}]'])(
    "unreadable ones are left out: %s",
    (text) => {
      const left = browserLeftRuns(storageWith({ "stitch-lab-left-runs": text }), () => 1);
      expect(left.list()).toEqual([]);
    },
  );
});
