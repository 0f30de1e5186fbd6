/** The part of a network between two neighbouring taps. */
import type { Tensor } from "../tensor/tf";

/**
 * A frozen function from one tap to the next (or from the image to the first tap, or from the last
 * tap to the logits). Owns its weights until `dispose`.
 */
export interface Segment {
  /** @returns a new tensor; the caller disposes it */
  forward(x: Tensor): Tensor;
  /**
   * Like `forward`, kept differentiable. Intermediate tensors live until the surrounding `tidy`
   * ends: call it inside one.
   */
  trace(x: Tensor): Traced;
  dispose(): void;
}

/** Builds a segment from its parameters. @throws LabError naming the first that does not fit */
export type BuildSegment = () => Segment;

/**
 * An output and the map from its gradient to the input's gradient. Networks are frozen: no other
 * gradient is needed.
 */
export interface Traced {
  readonly output: Tensor;
  /**
   * @param gradient of the loss with respect to `output`, of the same shape
   * @returns gradient with respect to the input
   */
  readonly pullback: (gradient: Tensor) => Tensor;
}
