/** Passages that a test makes up, of channels of one pixel. */
import type { Seen } from "../../../../src/engine/passage";

interface MadeUp {
  readonly id?: number;
  /** [c₁] */
  readonly bottom: Float32Array;
  /** [c₂] */
  readonly own: Float32Array;
  /** [c₁, c₂] */
  readonly weight: Float64Array;
  /** By class. */
  readonly probabilities?: Seen["probabilities"];
}

export function seenOf({ id = 0, bottom, own, weight, probabilities }: MadeUp): Seen {
  const maps = (values: Float32Array): Seen["own"] => ({
    channels: values.length,
    height: 1,
    width: 1,
    values,
  });
  const stitched = Float32Array.from(own, (_, j) =>
    bottom.reduce((sum, value, i) => sum + value * (weight[i * own.length + j] ?? 0), 0),
  );
  const sure = answer(3, 0.92);
  return {
    type: "seen",
    id,
    bottom: maps(bottom),
    stitched: maps(stitched),
    own: maps(own),
    probabilities: probabilities ?? { bottom: sure, stitched: sure, top: sure },
    map: { weight, bias: new Float64Array(own.length) },
    fittedTo: null,
  };
}

/** Ten classes, one of which has this probability. */
export function answer(predicted: number, probability: number): Float32Array {
  const rest = (1 - probability) / 9;
  return Float32Array.from({ length: 10 }, (_, k) => (k === predicted ? probability : rest));
}
