/** A node on the device from its function, with a gradient of ours or tfjs's. */
import { tf, type Tensor } from "../../tensor/tf";
import type { Inputs, Runner } from "./operator";

type Pullback = (
  inputs: Inputs,
  output: Tensor,
  gradient: Tensor,
  n: number,
) => readonly (Tensor | undefined)[];

/**
 * @param forward a pure function of the inputs that depend on the images
 * @param pullback the gradient with respect to each input; by tfjs, which computes `forward` again,
 *   where absent
 * @param keeps what the pullback reads again
 */
export function differentiable(
  forward: (inputs: Inputs, n: number) => Tensor,
  pullback?: Pullback,
  dispose: () => void = () => undefined,
  keeps: Runner["keeps"] = pullback ? undefined : { inputs: true, output: false },
): Runner {
  return {
    forward,
    trace(inputs, n) {
      const output = forward(inputs, n);
      return {
        output,
        pullback: (gradient) => [
          ...(pullback
            ? pullback(inputs, output, gradient, n)
            : byLibrary(forward, inputs, n, gradient)),
        ],
      };
    },
    ...(keeps && { keeps }),
    dispose,
  };
}

function byLibrary(
  forward: (inputs: Inputs, n: number) => Tensor,
  inputs: Inputs,
  n: number,
  gradient: Tensor,
): (Tensor | undefined)[] {
  const tensors = inputs.filter((input) => input !== undefined);
  // A node that reads nothing but the number of images.
  if (tensors.length === 0) return [];
  const gradients = tf.grads((...xs: Tensor[]) => {
    const left = [...xs];
    return forward(
      inputs.map((input) => (input === undefined ? undefined : left.shift())),
      n,
    );
  })(tensors, gradient);
  return inputs.map((input) => (input === undefined ? undefined : gradients.shift()));
}
