/**
 * One of torchvision's networks on WebGPU, against PyTorch. Debian's Chromium brings SwiftShader, a
 * GPU that the CPU imitates, for machines without one: a minute then, of which most is compiling.
 */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { startBackend } from "../../../../src/engine/backends/start";
import { nodeGpu } from "../../../../src/node/gpu";
import { logitsError, sitesOf, stitchError, torchvisionExport } from "./torchvision-export";

const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";
// Added to those of the system, of which Dawn takes a real one first.
if (existsSync(swiftShader)) process.env.VK_ADD_DRIVER_FILES ??= swiftShader;

const gpu = await nodeGpu();
const adapter = await gpu?.requestAdapter();
if (!adapter) console.warn("WebGPU: Node finds no adapter here, so nothing is tested on it");

test.skipIf(!adapter)("squeezenet1_1 has PyTorch's logits and a stitch's gradient", async () => {
  await startBackend("webgpu", { wasmPaths: undefined, gpu });
  const example = torchvisionExport("squeezenet1_1");
  expect(await logitsError(example)).toBeLessThan(1e-3);
  const [site] = sitesOf(example);
  if (!site) throw new Error("expected a site");
  expect(await stitchError(example, site)).toBeLessThan(3e-3);
  example.network.dispose();
});
