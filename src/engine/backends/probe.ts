/**
 * Tries a backend before it is offered, and times it: a GPU must agree with plain JavaScript (see
 * `self-test.ts`) and be fast enough.
 */
import { gradientSelfTest } from "../../core/stitch/training/self-test";
import type { BackendName } from "../../experiment/report";
import { unmeasured, type ProbeResult } from "../probe-result";
import { disagreement, tolerance, witness } from "./self-test";
import { startBackend, type BackendPlatform, type StartedBackend } from "./start";

/** Large enough that a GPU's fixed cost for each operation does not decide; about 50 ms of wasm. */
const timed = { images: 16, width: 8 };

/** Tries one backend. Never throws: that a backend cannot be used is a result. */
export type Probe = (backend: BackendName) => Promise<ProbeResult>;

/** @param nowMs a clock */
export function createProbe(platform: BackendPlatform, nowMs: () => number): Probe {
  return async (backend) => {
    let started: StartedBackend | undefined;
    try {
      const expected = await witness();
      started = await startBackend(backend, platform);
      const { adapter, software } = started;
      if (software) {
        // It is slower than wasm whatever it computes; its worker tests it if it is chosen.
        const reason = "a GPU emulated on the CPU, far slower than WebAssembly; tested when chosen";
        return { ...unmeasured(backend, reason), usable: true, adapter, software };
      }
      const difference = await disagreement(expected);
      const usable = difference <= tolerance;
      return {
        backend,
        usable,
        adapter,
        software,
        // Plain JavaScript is known to be slow: no need to wait for it.
        elapsedMs: backend === "cpu" ? null : await time(nowMs),
        relativeDifference: Number.isFinite(difference) ? difference : null,
        reason: usable
          ? backend === "cpu"
            ? "works everywhere, but slowly"
            : "its gradients agree with the CPU's"
          : `its gradients differ from the CPU's by ${difference.toExponential(1)}, more than ${tolerance}`,
      };
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return {
        ...unmeasured(backend, reason),
        adapter: started?.adapter ?? null,
        software: started?.software ?? false,
      };
    }
  };
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
