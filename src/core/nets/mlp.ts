/**
 * The two linear layers of a Vision Transformer's block, with a GELU between them, after a
 * LayerNorm.
 */
import { kernels } from "../tensor/backend";
import { frozenLinear } from "../tensor/linear";
import { layerNorm, tracedLayerNorm } from "../tensor/layer-norm";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { foldedLinear, layerNormEpsilon, linearParameters } from "../weights/fold-norm";
import type { State } from "../weights/state";
import type { Segment } from "./segment";
import { rowsOf, tokensFrom } from "./token-rows";

/** Hidden width divided by the token's width. Dosovitskiy et al. 2021, table 1. */
const expansion = 4;

/**
 * Builds the MLP half of a block, from [n, 1, t, dim] to the same shape.
 *
 * @param norm name of the LayerNorm before it
 * @param name prefix of `fc1` and `fc2`
 * @throws LabError for a parameter that does not fit
 */
export function mlp(state: State, norm: string, name: string, dim: number): Segment {
  const hidden = expansion * dim;
  const first = frozenLinear(foldedLinear(state, norm, `${name}.fc1`, dim, hidden));
  const second = frozenLinear(linearParameters(state, `${name}.fc2`, hidden, dim));
  const finish = (active: Tensor2D, x: Tensor): Tensor4D =>
    tokensFrom(second.forward(active), (x as Tensor4D).shape[2]);

  return {
    forward: (x) =>
      tf.tidy(() =>
        finish(kernels().gelu(first.forward(layerNorm(rowsOf(x), layerNormEpsilon))), x),
      ),
    trace(x) {
      const { output: rows, pullback: unstandardise } = tracedLayerNorm(
        rowsOf(x),
        layerNormEpsilon,
      );
      // Four times as wide as other activations: only the slope is kept.
      const { output, slope } = tf.tidy(() => {
        const active = kernels().geluWithSlope(first.forward(rows));
        return { output: finish(active.output, x), slope: active.slope };
      });
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const within = tf.mul<Tensor2D>(second.inputGradient(rowsOf(gradient)), slope);
          const input = unstandardise(first.inputGradient(within));
          return tokensFrom(input, (x as Tensor4D).shape[2]);
        });
      return { output, pullback };
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}
