/** What a device that works on its own must be told of steps. On CPU backends, and on WebGL, nothing is done. */
import { stepwiseBackend } from "./webgpu/backend";

/**
 * To be awaited after every step whose results are not read: hands the step to the device as a whole, and waits while
 * too many are to be done.
 */
export async function endStep(): Promise<void> {
  await stepwiseBackend()?.endStep();
}

/** Whether the current backend compiles programs, and can do so before they are needed. */
export function compilesAhead(): boolean {
  return stepwiseBackend() !== undefined;
}

/**
 * Compiles every program that `work` uses, in parallel and without running one. What `work` computes is rubbish, and
 * what it reads are zeros; it must keep none of it (see `kept.ts`). Only where `compilesAhead`.
 */
export async function compileAhead(work: () => Promise<void>): Promise<void> {
  await stepwiseBackend()?.compileOnly(work);
}
