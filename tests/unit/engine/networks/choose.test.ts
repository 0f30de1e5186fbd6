import { expect, test } from "vitest";
import { chooseBackend } from "../../../../src/engine/backends/choose";
import type { ProbeResult } from "../../../../src/engine/probe-result";
import type { BackendName } from "../../../../src/experiment/report";

function probe(backend: BackendName, changes: Partial<ProbeResult> = {}): ProbeResult {
  const found = { adapter: null, software: false, elapsedMs: 50, relativeDifference: 1e-6 };
  return { backend, usable: true, reason: "", ...found, ...changes };
}

const cpu = probe("cpu", { elapsedMs: null });
const wasm = probe("wasm");

test("a correct GPU ranks above wasm, WebGPU above WebGL", () => {
  expect(chooseBackend([cpu, wasm, probe("webgl"), probe("webgpu")]).chosen).toBe("webgpu");
  expect(chooseBackend([cpu, wasm, probe("webgl")]).chosen).toBe("webgl");
});

test("a GPU with wrong gradients is refused", () => {
  const wrong = probe("webgpu", { usable: false });
  expect(chooseBackend([cpu, wasm, wrong]).chosen).toBe("wasm");
});

test("an emulated GPU ranks below wasm, and the reason names it", () => {
  const imitated = probe("webgpu", { software: true, adapter: "SwiftShader", elapsedMs: null });
  const choice = chooseBackend([cpu, wasm, imitated]);
  expect(choice.chosen).toBe("wasm");
  expect(choice.reason).toContain("SwiftShader");
});

test("a GPU more than ten times slower than wasm ranks below it", () => {
  expect(chooseBackend([cpu, wasm, probe("webgpu", { elapsedMs: 501 })]).chosen).toBe("wasm");
  expect(chooseBackend([cpu, wasm, probe("webgpu", { elapsedMs: 499 })]).chosen).toBe("webgpu");
});

test("plain JavaScript is chosen when nothing else works", () => {
  expect(chooseBackend([cpu, probe("wasm", { usable: false })]).chosen).toBe("cpu");
});
