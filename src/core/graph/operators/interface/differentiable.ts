/** A node on the device from its function, with a gradient of ours or tfjs's. */
import { tf, type Tensor } from "../../../tensor/tf";
import type { Call, Inputs, Runner, TrainedRunner } from "./operator";

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
      // What is made on the way would otherwise be kept until the pullback.
      const output = tf.tidy(() => forward(inputs, n));
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

/**
 * The `train` of an operator that treats a constant input as it does any other: its gradient is that
 * of an input. Integers stay constants.
 *
 * @param places of the inputs that may be parameters; all where absent
 */
export function trainedLikeInputs(
  prepare: (call: Call) => Runner,
  places?: readonly number[],
): (call: Call) => TrainedRunner {
  return (call) => {
    const isParameter = call.constants.map(
      (constant, at) => constant?.type === "float" && places?.includes(at) !== false,
    );
    const constants = call.constants.map((constant, at) =>
      isParameter[at] ? undefined : constant,
    );
    const runner = prepare({ ...call, constants });
    return {
      parameters: isParameter.flatMap((is, at) => (is ? [at] : [])),
      trace: (inputs) => runner.trace(inputs, inputs[0]?.shape[0] ?? 0),
    };
  };
}
