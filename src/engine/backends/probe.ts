/**
 * Tries a backend before it is trusted: it must compute a small stitch gradient, agree with plain
 * JavaScript on the CPU, and is timed. Some mobile GPUs are known to compute wrong gradients.
 */
import { gradientSelfTest, relativeDifference } from "../../core/stitch/self-test";
import { startCpu } from "../../core/tensor/backend";
import type { BackendName } from "../../experiment/report";
import type { ProbeResult } from "../probe-result";
import { startBackend, type BackendPlatform, type StartedBackend } from "./start";

/**
 * Float32 sums in another order differ by about 1e-6 here; half precision by about 1e-3. A wrong kernel
 * differs by much more.
 */
const tolerance = 1e-4;

/** Small enough for plain JavaScript. */
const compared = { images: 4, width: 4 };

/** Large enough that a GPU's fixed cost for each operation does not decide; about 50 ms of wasm. */
const timed = { images: 16, width: 8 };

/** Tries one backend. Never throws: a backend that cannot be used is a finding. */
export type Probe = (backend: BackendName) => Promise<ProbeResult>;

/** @param nowMs a clock */
export function createProbe(platform: BackendPlatform, nowMs: () => number): Probe {
  let reference: Promise<Float32Array> | undefined;

  return async (backend) => {
    let started: StartedBackend | undefined;
    try {
      reference ??= startCpu().then(gradient);
      const expected = await reference;
      started = await startBackend(backend, platform);
      const difference = relativeDifference(await gradient(), expected);
      // Plain JavaScript and an imitated GPU are slow, everyone knows it, and nobody should wait for it.
      const elapsedMs = backend === "cpu" || started.software ? null : await time(nowMs);
      const usable = difference <= tolerance;
      const reason = usable
        ? "its gradients agree with the CPU's"
        : `its gradients differ from the CPU's by ${difference.toExponential(1)}, more than ${String(tolerance)}`;
      const { adapter, software } = started;
      return {
        backend,
        usable,
        adapter,
        software,
        elapsedMs,
        relativeDifference: difference,
        reason,
      };
    } catch (thrown) {
      return {
        backend,
        usable: false,
        adapter: started?.adapter ?? null,
        software: started?.software ?? false,
        elapsedMs: null,
        relativeDifference: null,
        reason: thrown instanceof Error ? thrown.message : String(thrown),
      };
    }
  };
}

/** The self-test's gradient on the backend that runs now. */
async function gradient(): Promise<Float32Array> {
  const test = gradientSelfTest(compared.images, compared.width);
  try {
    return await test.run();
  } finally {
    test.dispose();
  }
}

/** Milliseconds of one gradient on the backend that runs now, once everything is compiled. */
async function time(nowMs: () => number): Promise<number> {
  const test = gradientSelfTest(timed.images, timed.width);
  try {
    await test.run();
    const startedMs = nowMs();
    await test.run();
    return nowMs() - startedMs;
  } finally {
    test.dispose();
  }
}
