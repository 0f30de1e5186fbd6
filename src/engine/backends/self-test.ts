/**
 * A GPU is trusted only after it has computed small stitch gradients as plain JavaScript does. Some
 * mobile GPUs are known to compute wrong ones.
 */
import { LabError } from "../../core/errors";
import {
  gradientSelfTest,
  relativeDifference,
  tokenGradientSelfTest,
  type GradientSelfTest,
} from "../../core/stitch/training/self-test";
import { startCpu } from "../../core/tensor/plain/start";
import type { BackendName } from "../../experiment/report";
import { startBackend, type BackendPlatform, type StartedBackend } from "./start";

/**
 * Float32 sums in another order differ by about 1e-6 here; half precision by about 1e-3. A wrong
 * kernel differs by much more.
 */
export const tolerance = 1e-4;

/** Small enough for plain JavaScript. */
const compared = { images: 4, width: 4, heads: 2 };

/** One gradient for each kind of network. */
type Gradients = readonly Float32Array[];

/** The gradients as plain JavaScript computes them. Leaves this thread on the CPU backend. */
export async function witness(): Promise<Gradients> {
  await startCpu();
  return gradients();
}

/**
 * The largest difference of the running backend from the witness, relative to each gradient's
 * largest entry.
 */
export async function disagreement(expected: Gradients): Promise<number> {
  const found = await gradients();
  return Math.max(
    ...expected.map((gradient, k) => relativeDifference(found[k] ?? new Float32Array(), gradient)),
  );
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
    expected: `gradients within ${tolerance} of the CPU's`,
    found: `a difference of ${difference.toExponential(1)}`,
  });
}

/** One after another: a device holds one network at a time. */
async function gradients(): Promise<Gradients> {
  const { images, width, heads } = compared;
  const found: Float32Array[] = [];
  for (const test of [
    () => gradientSelfTest(images, width),
    () => tokenGradientSelfTest(images, heads),
  ]) {
    found.push(await gradientOf(test()));
  }
  return found;
}

async function gradientOf(test: GradientSelfTest): Promise<Float32Array> {
  try {
    return await test.run();
  } finally {
    test.dispose();
  }
}
