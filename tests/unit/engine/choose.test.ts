import { expect, test } from "vitest";
import { chooseBackend } from "../../../src/engine/backends/choose";
import type { ProbeResult } from "../../../src/engine/probe-result";
import type { BackendName } from "../../../src/experiment/report";

function probe(backend: BackendName, changes: Partial<ProbeResult> = {}): ProbeResult {
  const found = { adapter: null, software: false, elapsedMs: 50, relativeDifference: 1e-6 };
  return { backend, usable: true, reason: "", ...found, ...changes };
}

const cpu = probe("cpu", { elapsedMs: null });
const wasm = probe("wasm");

test("a GPU that is right comes before wasm, WebGPU before WebGL", () => {
  expect(chooseBackend([cpu, wasm, probe("webgl"), probe("webgpu")]).chosen).toBe("webgpu");
  expect(chooseBackend([cpu, wasm, probe("webgl")]).chosen).toBe("webgl");
});

test("a GPU that is wrong is refused", () => {
  const wrong = probe("webgpu", { usable: false });
  expect(chooseBackend([cpu, wasm, wrong]).chosen).toBe("wasm");
});

test("an imitated GPU loses to wasm, and the reason names it", () => {
  const imitated = probe("webgpu", { software: true, adapter: "SwiftShader", elapsedMs: null });
  const choice = chooseBackend([cpu, wasm, imitated]);
  expect(choice.chosen).toBe("wasm");
  expect(choice.reason).toContain("SwiftShader");
});

test("a GPU more than ten times slower than wasm loses to it", () => {
  expect(chooseBackend([cpu, wasm, probe("webgpu", { elapsedMs: 501 })]).chosen).toBe("wasm");
  expect(chooseBackend([cpu, wasm, probe("webgpu", { elapsedMs: 499 })]).chosen).toBe("webgpu");
});

test("plain JavaScript is left when nothing else works", () => {
  expect(chooseBackend([cpu, probe("wasm", { usable: false })]).chosen).toBe("cpu");
});
