/** Cross-entropy and its gradient, one dispatch each where tfjs takes a dozen. */
import type { Tensor, Tensor2D } from "../tf";
import { runProgram, type Program } from "./program";

const threads = 64;

/** Per row: the largest logit m, log Σ exp(logit − m), and the cross-entropy. */
const rowSnippet = `
  fn largest(row : i32) -> f32 {
    let classes = uniforms.logitsShape.y;
    var most = logits[row * classes];
    for (var k = 1; k < classes; k++) { most = max(most, logits[row * classes + k]); }
    return most;
  }
  fn logSum(row : i32, most : f32) -> f32 {
    let classes = uniforms.logitsShape.y;
    var sum = 0.0;
    for (var k = 0; k < classes; k++) { sum += exp(logits[row * classes + k] - most); }
    return log(sum);
  }
  fn loss(row : i32) -> f32 {
    let classes = uniforms.logitsShape.y;
    let most = largest(row);
    let rest = logSum(row, most);
    var sum = 0.0;
    for (var k = 0; k < classes; k++) {
      let at = row * classes + k;
      sum -= labels[at] * (logits[at] - most - rest);
    }
    return sum;
  }
`;

/**
 * @param logits [n, classes]
 * @param labels [n, classes] one-hot
 * @param wanted the gradient of the mean, [n, classes]; the rows' cross-entropies, [n]; or their
 *   mean, [1]
 * @returns the caller disposes it
 */
export function gpuCrossEntropy(
  logits: Tensor2D,
  labels: Tensor2D,
  wanted: "gradient" | "rows" | "mean",
): Tensor {
  const [n, classes] = logits.shape;
  const outputShape = { gradient: [n, classes], rows: [n], mean: [1] }[wanted];
  const size = outputShape.reduce((product, axis) => product * axis, 1);
  const program: Program = {
    variableNames: ["logits", "labels"],
    variableComponents: [1, 1],
    outputComponent: 1,
    outputShape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / threads), 1, 1],
    shaderKey: `stitchlab_cross_entropy_${wanted}`,
    size: true,
    getUserCode: () => rowSnippet + mains[wanted],
  };
  return runProgram("gpuSoftmax", program, [logits, labels]);
}

const mains = {
  gradient: `
    fn main(index : i32) {
      if (index < uniforms.size) {
        let row = index / uniforms.logitsShape.y;
        let most = largest(row);
        let share = exp(logits[index] - most - logSum(row, most));
        result[index] = (share - labels[index]) / f32(uniforms.logitsShape.x);
      }
    }
  `,
  rows: `
    fn main(index : i32) {
      if (index < uniforms.size) { result[index] = loss(index); }
    }
  `,
  mean: `
    var<workgroup> sums : array<f32, ${threads}>;

    fn main(index : i32) {
      var sum = 0.0;
      for (var row = i32(localIndex); row < uniforms.logitsShape.x; row += ${threads}) {
        sum += loss(row);
      }
      sums[localIndex] = sum;
      for (var reach = ${threads / 2}u; reach > 0u; reach /= 2u) {
        workgroupBarrier();
        if (localIndex < reach) { sums[localIndex] += sums[localIndex + reach]; }
      }
      if (localIndex == 0u) { result[0] = sums[0] / f32(uniforms.logitsShape.x); }
    }
  `,
};
