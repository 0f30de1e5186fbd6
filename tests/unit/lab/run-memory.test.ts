import { expect, test } from "vitest";
import { sessionRunMemory } from "../../../src/lab/session/run-memory";

/** As much of a browser's storage as the memory uses. */
function storageWith(text: string | null): Storage {
  const items = new Map(text === null ? [] : [["stitch-lab-run", text]]);
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as Storage;
}

const key = "#v=2&bottom=b&top=t&protocol=quick&backend=wasm";

test.each([true, false])("a run is remembered, paused or not: %j", (paused) => {
  const memory = sessionRunMemory(storageWith(null));
  expect(memory.read()).toBeNull();
  memory.write({ key, paused });
  expect(memory.read()).toEqual({ key, paused });
  memory.write(null);
  expect(memory.read()).toBeNull();
});

test.each([true, false])("a run remembered by the first version is read: held %j", (held) => {
  const memory = sessionRunMemory(storageWith(JSON.stringify({ key, held })));
  expect(memory.read()).toEqual({ key, paused: held });
});

test.each(["{", "[]", "null", '"held"', '{"key":"k"}', '{"key":"k","held":1}'])(
  "unreadable memory is no run: %s",
  (text) => {
    expect(sessionRunMemory(storageWith(text)).read()).toBeNull();
  },
);

test("without browser storage no run is remembered, and nothing fails", () => {
  const memory = sessionRunMemory(undefined);
  memory.write({ key, paused: true });
  expect(memory.read()).toBeNull();
});
