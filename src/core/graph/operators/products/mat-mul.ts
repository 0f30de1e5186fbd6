/**
 * MatMul: products of matrices, in batches that go together as NumPy's do. With a constant matrix on
 * the right it is a linear layer.
 */
import type { LinearParameters } from "../../../tensor/linear";
import { tf, type Tensor } from "../../../tensor/tf";
import {
  broadcastPlace,
  broadcastShape,
  floatBytes,
  forEachIndex,
  hostLike,
  sizeOf,
  type HostTensor,
  type Shape,
} from "../../host-tensor";
import { times, timesTransposed, transposedTimes } from "./batched-products";
import { differentiable } from "../interface/differentiable";
import { summedTo } from "../elementwise/elementwise";
import { linearFlops, linearRunner } from "./linear";
import { operand } from "../interface/operand";
import {
  inputShape,
  known,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
  type Runner,
} from "../interface/operator";

export const matMul: Operator = {
  shape: (call) => sizesOf(call, inputShape(call, 0), inputShape(call, 1)).output,
  fold: (call) => product(call, known(call.inputs[0]), known(call.inputs[1])),
  prepare(call) {
    const [left, right] = call.constants;
    return !left && right?.shape.length === 2 ? linearRunner(rightMatrix(right)) : general(call);
  },
  workBytes(call) {
    const [left, right] = call.constants;
    if (!left && right?.shape.length === 2) return { forward: 0, pullback: 0 };
    const sizes = sizesOf(call, inputShape(call, 0), inputShape(call, 1));
    const count = sizeOf(sizes.batch);
    const copied = [sizes.left, sizes.right].map((matrix, at) => {
      const all = count * sizeOf(matrix.slice(-2));
      // The second may be transposed too.
      return (sizeOf(matrix) < all ? all : 0) + (at === 1 ? all : 0);
    });
    const bytes = floatBytes * copied.reduce((a, b) => a + b, 0);
    return { forward: bytes, pullback: 2 * bytes };
  },
  flops: (call, output) => linearFlops(inputShape(call, 0), output),
};

/** A constant matrix [c₁, c₂] on the right, as a linear layer. */
export function rightMatrix({ shape, data }: HostTensor): LinearParameters {
  const [c1 = 1, c2 = 1] = shape;
  const weight = Float32Array.from({ length: c1 * c2 }, (_, at) => {
    const [to, from] = [Math.floor(at / c1), at % c1];
    return data[from * c2 + to] ?? 0;
  });
  return { weight, bias: new Float32Array(c2) };
}

function general(call: Call): Runner {
  const [a, b] = [operand(call, 0), operand(call, 1)];
  return differentiable(
    (inputs, n) => {
      const [left, right] = [a.get(inputs, n), b.get(inputs, n)];
      const sizes = sizesOf(call, left.shape, right.shape);
      const output = times(inBatch(left, sizes.left, sizes), inBatch(right, sizes.right, sizes));
      return tf.reshape(output, sizes.output);
    },
    (inputs, _, gradient, n) => {
      const [left, right] = [a.get(inputs, n), b.get(inputs, n)];
      const sizes = sizesOf(call, left.shape, right.shape);
      const [x, y] = [inBatch(left, sizes.left, sizes), inBatch(right, sizes.right, sizes)];
      const [count = 1, rows = 1] = x.shape;
      const g = tf.reshape(gradient, [count, rows, y.shape[2] ?? 1]);
      const back = (part: Tensor, matrix: Shape, shape: Shape): Tensor => {
        const whole = tf.reshape(part, [...sizes.batch, ...matrix.slice(-2)]);
        return tf.reshape(summedTo(matrix, whole), [...shape]);
      };
      return [
        inputs[0] && back(timesTransposed(g, y), sizes.left, left.shape),
        inputs[1] && back(transposedTimes(x, g), sizes.right, right.shape),
      ];
    },
    () => {
      a.dispose();
      b.dispose();
    },
    { inputs: true, output: false },
  );
}

interface Sizes {
  /** Of the inputs, as matrices: a vector is one row on the left and one column on the right. */
  readonly left: Shape;
  readonly right: Shape;
  /** The axes before rows and columns, common to both. */
  readonly batch: number[];
  readonly output: number[];
}

function sizesOf({ node }: Call, a: Shape, b: Shape): Sizes {
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const batch = broadcastShape(left.slice(0, -2), right.slice(0, -2));
  const isProduct = left.length >= 2 && right.length >= 2 && left.at(-1) === right.at(-2);
  if (!batch || !isProduct) {
    throw refusedNode(node, "matrices that fit", `${shapeText(a)} and ${shapeText(b)}`);
  }
  const rows = a.length === 1 ? [] : left.slice(-2, -1);
  const columns = b.length === 1 ? [] : right.slice(-1);
  return { left, right, batch, output: [...batch, ...rows, ...columns] };
}

/** [batch, rows, columns], repeated where the other input has more matrices. */
function inBatch(x: Tensor, matrix: Shape, { batch }: Sizes): Tensor {
  const last = matrix.slice(-2);
  const isWhole = matrix.slice(0, -2).join() === batch.join();
  const all = isWhole ? x : tf.broadcastTo(tf.reshape(x, [...matrix]), [...batch, ...last]);
  return tf.reshape(all, [sizeOf(batch), ...last]);
}

function product(call: Call, a: HostTensor, b: HostTensor): HostTensor {
  const { left, right, batch, output } = sizesOf(call, a.shape, b.shape);
  const [rows = 1, inner = 1] = left.slice(-2);
  const [columns = 1] = right.slice(-1);
  const [placeA, placeB] = [left, right].map((shape) => broadcastPlace(shape.slice(0, -2)));
  const out = new Float64Array(sizeOf(output));
  forEachIndex([...batch, rows, columns], (index, at) => {
    const outer = index.slice(0, -2);
    const [row = 0, column = 0] = index.slice(-2);
    const startA = ((placeA?.(outer) ?? 0) * rows + row) * inner;
    const startB = (placeB?.(outer) ?? 0) * inner * columns + column;
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += (a.data[startA + k] ?? 0) * (b.data[startB + k * columns] ?? 0);
    }
    out[at] = sum;
  });
  return hostLike(a, output, out);
}
