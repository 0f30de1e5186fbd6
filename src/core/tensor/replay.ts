/** Work that is asked for again and again on tensors of the same shapes: on WebGPU it is recorded and replayed. */
import { tf, type Tensor } from "./tf";
import { stepwiseBackend } from "./webgpu/backend";
import { Recording } from "./webgpu/recording";

export interface Replayed<In extends Tensor[], Out extends Tensor[]> {
  /** @returns tensors that the caller disposes */
  run(...inputs: In): Out;
  dispose(): void;
}

/** The last batch may be smaller than the others. */
const mostShapes = 2;

/**
 * @param work pure, and reads nothing; what it closes over must outlive the result
 * @returns work with the same results; a recording keeps the memory of one run until it is disposed
 */
export function replayed<In extends Tensor[], Out extends Tensor[]>(
  work: (...inputs: In) => Out,
): Replayed<In, Out> {
  // By the inputs' shapes; null after the first run, which makes what lasts (programs, rotated kernels).
  const recordings = new Map<string, Recording | null>();
  const plainly = (inputs: In): Out => tf.tidy(() => work(...inputs));

  return {
    run(...inputs) {
      const backend = stepwiseBackend();
      if (!backend?.records) return plainly(inputs);
      const key = inputs.map(({ shape }) => shape.join()).join(" ");
      const recording = recordings.get(key);
      if (recording) return recording.run(inputs) as Out;
      if (recording === undefined) {
        if (recordings.size < mostShapes) recordings.set(key, null);
        return plainly(inputs);
      }
      const made = new Recording(backend, (...given) => work(...(given as In)), inputs);
      recordings.set(key, made);
      return made.results() as Out;
    },
    dispose() {
      for (const recording of recordings.values()) recording?.dispose();
      recordings.clear();
    },
  };
}
