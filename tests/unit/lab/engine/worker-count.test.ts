import { afterEach, expect, test, vi } from "vitest";
import { workerCount } from "../../../../src/lab/engine/worker-count";

afterEach(() => vi.unstubAllGlobals());

test("there is one worker for each core on a CPU, and one on a GPU", () => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 6 });
  expect(workerCount("wasm")).toBe(6);
  expect(workerCount("cpu")).toBe(6);
  expect(workerCount("webgpu")).toBe(1);
});

test.each([0, -1, NaN, Infinity, undefined, null, "8"])(
  "there are two workers where the browser gives %s for the number of cores",
  (hardwareConcurrency) => {
    vi.stubGlobal("navigator", { hardwareConcurrency });
    expect(workerCount("wasm")).toBe(2);
  },
);

test("there are two workers where the number of cores may not be read", () => {
  vi.stubGlobal("navigator", {
    get hardwareConcurrency(): number {
      throw new DOMException("denied", "SecurityError");
    },
  });
  expect(workerCount("wasm")).toBe(2);
});
