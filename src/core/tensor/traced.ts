/**
 * Forward results that can be differentiated with respect to their input.
 *
 * Networks are frozen, so the only gradient ever needed is that of the input. Writing it beside each
 * operator is shorter and faster than a tape, and needs no gradient registered with tfjs.
 */
import type { Tensor } from "./tf";

/** An output with the map that takes its gradient back to the input's gradient. */
export interface Traced {
  readonly output: Tensor;
  /**
   * @param gradient of the loss with respect to `output`, of the same shape
   * @returns gradient with respect to the input
   */
  readonly pullback: (gradient: Tensor) => Tensor;
}
