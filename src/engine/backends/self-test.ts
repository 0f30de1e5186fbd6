/**
 * A GPU is trusted only after it has computed a small stitch gradient as plain JavaScript does. Some
 * mobile GPUs are known to compute wrong ones.
 */
import { LabError } from "../../core/errors";
import { gradientSelfTest, relativeDifference } from "../../core/stitch/self-test";
import { startCpu } from "../../core/tensor/backend";
import type { BackendName } from "../../experiment/report";
import { startBackend, type BackendPlatform, type StartedBackend } from "./start";

/**
 * Float32 sums in another order differ by about 1e-6 here; half precision by about 1e-3. A wrong kernel
 * differs by much more.
 */
export const tolerance = 1e-4;

/** Small enough for plain JavaScript. */
const compared = { images: 4, width: 4 };

/** The gradient as plain JavaScript computes it. Leaves this thread on the CPU backend. */
export async function witness(): Promise<Float32Array> {
  await startCpu();
  return gradient();
}

/** How far the backend that runs now is from the witness, relative to the largest entry. */
export async function disagreement(expected: Float32Array): Promise<number> {
  return relativeDifference(await gradient(), expected);
}

/**
 * Starts a backend; a GPU must pass the test first.
 *
 * @throws LabError `backend` when it cannot be started, `numerics` when it computes wrongly
 */
export async function startTrusted(
  backend: BackendName,
  platform: BackendPlatform,
): Promise<StartedBackend> {
  if (backend === "cpu" || backend === "wasm") return startBackend(backend, platform);
  const expected = await witness();
  const started = await startBackend(backend, platform);
  const difference = await disagreement(expected);
  if (difference <= tolerance) return started;
  throw new LabError({
    code: "numerics",
    input: `${backend} (${started.adapter ?? "unnamed adapter"})`,
    expected: `gradients within ${String(tolerance)} of the CPU's`,
    found: `a difference of ${difference.toExponential(1)}`,
  });
}

async function gradient(): Promise<Float32Array> {
  const test = gradientSelfTest(compared.images, compared.width);
  try {
    return await test.run();
  } finally {
    test.dispose();
  }
}
