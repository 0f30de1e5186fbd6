/**
 * Vision Transformer for CIFAR, with timm's parameter names. Dosovitskiy et al. 2021, "An Image is
 * Worth 16x16 Words": patches as tokens, a class token before them, learned positions, pre-norm
 * blocks, and a linear layer on the class token.
 *
 * A representation is [n, 1, t, dim] with t = 1 + (h / patch) (w / patch) tokens, the class token first: the
 * height is 1, and stitches, moments and CKA, which read [n, h, w, c] only, work token by token.
 * Taps: after the embedding and after each block, never inside one.
 */
import { frozenLinear } from "../tensor/linear";
import { kernels } from "../tensor/backend";
import { layerNorm, tracedLayerNorm } from "../tensor/layer-norm";
import { tf, type Rank, type Tensor, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { foldedLinear, layerNormEpsilon } from "../weights/fold-norm";
import { parameter, type State } from "../weights/state";
import { classesOf, inputOf, tokensOf, type VitArchitecture } from "./architecture";
import { attention, mlp, rowsOf } from "./transformer-block";
import type { BuildSegment, Segment } from "../graph/segment";

/** Returns one segment per tap, then the classifier. */
export function vitSegments(state: State, architecture: VitArchitecture): BuildSegment[] {
  const { dim, depth, heads } = architecture;
  const blocks = Array.from({ length: depth }, (_, index): BuildSegment => {
    const name = `blocks.${index}`;
    return () =>
      chained(
        residual(attention(state, `${name}.norm1`, `${name}.attn`, dim, heads)),
        residual(mlp(state, `${name}.norm2`, `${name}.mlp`, dim)),
      );
  });
  return [() => embedding(state, architecture), ...blocks, () => classHead(state, architecture)];
}

/** Images to tokens: [n, h, w, c] to [n, 1, t, dim]. */
function embedding(state: State, architecture: VitArchitecture): Segment {
  const { dim, patch } = architecture;
  const { height, width, channels } = inputOf(architecture);
  const [rows, columns] = [height / patch, width / patch];
  const tokens = tokensOf(architecture);
  const linear = frozenLinear({
    weight: pixelsLast(
      parameter(state, "patch_embed.proj.weight", [dim, channels, patch, patch]),
      channels,
      patch * patch,
    ),
    bias: parameter(state, "patch_embed.proj.bias", [dim]),
  });
  const positions = parameter(state, "pos_embed", [1, tokens, dim]);
  const ofPatches = tf.tensor2d(positions.slice(dim), [tokens - 1, dim]);
  const classToken = tf.tensor2d(
    parameter(state, "cls_token", [1, 1, dim]).map((value, at) => value + (positions[at] ?? 0)),
    [1, dim],
  );

  const forward = (x: Tensor): Tensor4D =>
    tf.tidy(() => {
      const [n] = (x as Tensor4D).shape;
      // A row of patches is `patch` rows of pixels, each cut into as many pieces as there are columns.
      const cut = tf.reshape<Rank.R4>(x, [n * rows, patch, columns, patch * channels]);
      const pixels = tf.reshape<Rank.R2>(tf.transpose(cut, [0, 2, 1, 3]), [n * rows * columns, -1]);
      const patches = tf.reshape<Rank.R3>(linear.forward(pixels), [n, rows * columns, dim]);
      const first = tf.reshape<Rank.R3>(kernels().repeatRows(classToken, n), [n, 1, dim]);
      const all = tf.concat([first, tf.add<tf.Tensor3D>(patches, ofPatches)], 1);
      return tf.reshape(all, [n, 1, tokens, dim]);
    });
  return {
    forward,
    trace(x) {
      const shape = (x as Tensor4D).shape;
      const [n] = shape;
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const patches = tf.slice(gradient as Tensor4D, [0, 0, 1, 0], [n, 1, tokens - 1, dim]);
          const pixels = linear.inputGradient(rowsOf(patches));
          const cut = tf.reshape<Rank.R4>(pixels, [n * rows, columns, patch, patch * channels]);
          return tf.reshape(tf.transpose(cut, [0, 2, 1, 3]), shape);
        });
      return { output: forward(x), pullback };
    },
    dispose() {
      linear.dispose();
      tf.dispose([ofPatches, classToken]);
    },
  };
}

/** LayerNorm of the class token, then one linear layer: [n, 1, t, dim] to [n, classes] logits. */
function classHead(state: State, architecture: VitArchitecture): Segment {
  const { dim } = architecture;
  const linear = frozenLinear(foldedLinear(state, "norm", "head", dim, classesOf(architecture)));
  /** [n, dim] */
  const classTokens = (x: Tensor): Tensor2D =>
    rowsOf(tf.slice(x as Tensor4D, [0, 0, 0, 0], [-1, 1, 1, dim]));

  return {
    forward: (x) => tf.tidy(() => linear.forward(layerNorm(classTokens(x), layerNormEpsilon))),
    trace(x) {
      const { output: rows, pullback: unstandardise } = tracedLayerNorm(
        classTokens(x),
        layerNormEpsilon,
      );
      const [n, , tokens] = (x as Tensor4D).shape;
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const first = unstandardise(linear.inputGradient(gradient as Tensor2D));
          // The logits depend on no other token.
          return tf.pad(tf.reshape<Rank.R4>(first, [n, 1, 1, dim]), [
            [0, 0],
            [0, 0],
            [0, tokens - 1],
            [0, 0],
          ]);
        });
      return { output: linear.forward(rows), pullback };
    },
    dispose() {
      linear.dispose();
    },
  };
}

/** x + f(x) */
function residual(branch: Segment): Segment {
  return {
    forward: (x) => tf.tidy(() => tf.add(x, branch.forward(x))),
    trace(x) {
      const traced = branch.trace(x);
      return {
        output: tf.add(x, traced.output),
        pullback: (gradient) => tf.tidy(() => tf.add(gradient, traced.pullback(gradient))),
      };
    },
    dispose() {
      branch.dispose();
    },
  };
}

/** second(first(x)) */
function chained(first: Segment, second: Segment): Segment {
  return {
    forward: (x) => tf.tidy(() => second.forward(first.forward(x))),
    trace(x) {
      const inner = first.trace(x);
      const outer = second.trace(inner.output);
      return {
        output: outer.output,
        pullback: (gradient) => tf.tidy(() => inner.pullback(outer.pullback(gradient))),
      };
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}

/** Transposes a kernel [c₂, c, pixels] to [c₂, pixels, c], the order of an image [h, w, c]. */
function pixelsLast(kernel: Float32Array, c: number, pixels: number): Float32Array {
  return kernel.map((_, at) => {
    const channel = at % c;
    const pixel = Math.floor(at / c) % pixels;
    const out = Math.floor(at / (c * pixels));
    return kernel[(out * c + channel) * pixels + pixel] ?? 0;
  });
}
