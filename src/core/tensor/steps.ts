/**
 * Steps of a loop on a device that runs commands later. On CPU backends and on WebGL these
 * functions do nothing but call the work.
 */
import { commandQueue, type Recording } from "./backend";
import { tf, type Tensor } from "./tf";

/**
 * Submits a step; to be awaited after every step whose results are not read. Waits while too many
 * are unfinished.
 */
export async function endStep(): Promise<void> {
  await commandQueue()?.endStep();
}

/** Whether the current backend compiles programs, and can do so before they are needed. */
export function compilesAhead(): boolean {
  return commandQueue() !== undefined;
}

/**
 * Compiles every program that `work` uses, in parallel and without running one; only where
 * `compilesAhead`. Results inside `work` are meaningless, and everything it reads is zero; it must
 * keep no result (see `keptTensors`).
 */
export async function compileAhead(work: () => Promise<void>): Promise<void> {
  await commandQueue()?.compileOnly(work);
}

/** Work that is repeated on tensors of the same shapes. */
export interface Replayed<In extends Tensor[], Out extends Tensor[]> {
  /** @returns tensors that the caller disposes */
  run(...inputs: In): Out;
  dispose(): void;
}

/** The last batch may be smaller than the others. */
const mostShapes = 2;

/**
 * Records work where the backend can, and replays the recording.
 *
 * @param work pure, and reads nothing; what it closes over must outlive the result
 * @returns work with the same results; a recording keeps the memory of one run until it is disposed
 */
export function replayed<In extends Tensor[], Out extends Tensor[]>(
  work: (...inputs: In) => Out,
): Replayed<In, Out> {
  // By the inputs' shapes; null after the first run, which creates lasting objects (programs,
  // rotated kernels).
  const recordings = new Map<string, Recording | null>();
  const plainly = (inputs: In): Out => tf.tidy(() => work(...inputs));

  return {
    run(...inputs) {
      const queue = commandQueue();
      if (!queue?.records) return plainly(inputs);
      const key = inputs.map(({ shape }) => shape.join()).join(" ");
      const recording = recordings.get(key);
      if (recording) return recording.run(inputs) as Out;
      if (recording === undefined) {
        if (recordings.size < mostShapes) recordings.set(key, null);
        return plainly(inputs);
      }
      const made = queue.record((...given) => work(...(given as In)), inputs);
      recordings.set(key, made);
      return made.results() as Out;
    },
    dispose() {
      for (const recording of recordings.values()) recording?.dispose();
      recordings.clear();
    },
  };
}
