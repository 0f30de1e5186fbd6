/**
 * The kernels of the wasm backend: our own where sizes are whole vectors, else tfjs's operators.
 */
import type { FrozenConvolution } from "../convolution";
import type { HeadShape, Kernels } from "../kernels";
import { sizesOf } from "../plain/attention";
import { checkKernel, plainConvolution } from "../plain/convolution";
import { plainGeneralConvolution } from "../plain/general-convolution";
import { centredBy, plainKernels } from "../plain/kernels";
import type { Tensor1D, Tensor2D, Tensor4D } from "../tf";
import { wasmConvolution } from "./convolution";
import { wasmGroupedConvolution } from "./grouped-convolution";
import { pointerTo, runKernel, scratch } from "./instance";
import { wasmFilterGradient, wasmTrainedConvolution } from "./trained-convolution";

/** Numbers in a vector. */
const lanes = 4;
/** Columns in a panel, which the products pack a matrix into. */
const panel = 8;

export const wasmKernels: Kernels = {
  ...plainKernels,

  frozenConvolution(kernel, bias, stride) {
    checkKernel(kernel, stride);
    return wasmConvolution(kernel, bias, stride, (again, shifts) =>
      plainConvolution(again, shifts, stride, reluGradient),
    );
  },
  generalConvolution(values, bias, geometry) {
    const general = (): FrozenConvolution =>
      plainGeneralConvolution(values, bias, geometry, reluGradient);
    return wasmGroupedConvolution(values, bias, geometry, general);
  },
  ...wasmTrainedConvolution,
  filterGradient: wasmFilterGradient,
  // `tf.slice` copies the whole vector before it takes the part.
  vectorPart(vector, offset, shape) {
    const size = shape.reduce((product, axis) => product * axis, 1);
    if (size % lanes !== 0) return plainKernels.vectorPart(vector, offset, shape);
    const from = pointerTo(vector) + offset * Float32Array.BYTES_PER_ELEMENT;
    return runKernel("repeatRows", [vector], shape, [from, 1, 1, size]);
  },
  columnMoments(x, mean, g) {
    const [n, c] = x.shape;
    if (c % lanes !== 0) return plainKernels.columnMoments(x, mean, g);
    const numbers = [pointerTo(x), pointerTo(g), pointerTo(mean), n, c];
    return runKernel("columnMoments", [x, g, mean], [2, c], numbers) as Tensor2D;
  },
  scaleColumns(x, scale, shift, epilogue) {
    const [n, c] = x.shape;
    if (c % lanes !== 0) return plainKernels.scaleColumns(x, scale, shift, epilogue);
    const { addend, relu } = epilogue;
    const inputs = [x, scale, shift, addend];
    const numbers = [...inputs.map(pointerTo), n, c, Number(relu)];
    return runKernel("scaleColumns", inputs, x.shape, numbers) as Tensor2D;
  },
  combineColumns(x, y, vectors) {
    const [n, c] = x.shape;
    if (c % lanes !== 0) return plainKernels.combineColumns(x, y, vectors);
    const { a, b, d } = vectors;
    const inputs = [x, y, a, b, d];
    const numbers = [...inputs.map(pointerTo), n, c];
    return runKernel("combineColumns", inputs, x.shape, numbers) as Tensor2D;
  },

  // 10 to 20 times faster than `tf.matMul(a, b, true)` (tfjs 4.22.0).
  matMulTransposeA,
  // 30 to 40 times faster than `tf.matMul(a, a, false, true)`.
  gramMatrix(a) {
    const [n, k] = a.shape;
    if (n % lanes !== 0 || k % lanes !== 0) return plainKernels.gramMatrix(a);
    return runKernel("gramMatrix", [a], [n, n], [pointerTo(a), n, k]) as Tensor2D;
  },

  columnSums(rows) {
    if (rows.shape[1] % lanes !== 0) return plainKernels.columnSums(rows);
    return reduced("columnSums", rows);
  },
  columnMeans(rows) {
    if (rows.shape[1] % lanes !== 0) return plainKernels.columnMeans(rows);
    return reduced("columnMeans", rows);
  },
  centredColumns(rows) {
    if (rows.shape[1] % lanes !== 0) return plainKernels.centredColumns(rows);
    return centredBy((all) => reduced("columnMeans", all), rows);
  },
  // `tf.tile` copies element by element.
  repeatRows(x, times) {
    const [n, c] = x.shape;
    if (c % lanes !== 0) return plainKernels.repeatRows(x, times);
    return runKernel("repeatRows", [x], [n, times, c], [pointerTo(x), n, times, c]);
  },

  attentionScores(a, b, shape) {
    const { tokens, heads } = shape;
    const { n, width } = sizesOf(b, shape);
    return runKernel(
      "attentionScores",
      [a, b],
      [n, heads, tokens, tokens],
      [pointerTo(a), pointerTo(b), n, tokens, heads, width, scratch(width * wholePanels(tokens))],
    ) as Tensor4D;
  },
  attentionOutput: (weights, b, shape) => mixed(weights, b, shape, false),
  attentionOutputTransposed: (weights, b, shape) => mixed(weights, b, shape, true),

  maxPoolGradient(x, output, gradient, window) {
    const [n, h, w, c] = x.shape;
    const [, oh, ow] = output.shape;
    if (c % lanes !== 0) return plainKernels.maxPoolGradient(x, output, gradient, window);
    const inputs = [x, output, gradient];
    const { kernel, stride, before } = window;
    const numbers = [n, h, w, c, oh, ow, ...kernel, ...stride, ...before];
    const pointers = inputs.map(pointerTo);
    return runKernel("maxPoolGradient", inputs, x.shape, [...pointers, ...numbers]) as Tensor4D;
  },
  reluGradient,
  gelu(x) {
    return x.size % lanes === 0 ? activated(x, "output") : plainKernels.gelu(x);
  },
  geluWithSlope(x) {
    if (x.size % lanes !== 0) return plainKernels.geluWithSlope(x);
    return { output: activated(x, "output"), slope: activated(x, "slope") };
  },
};

function matMulTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  const [n, p] = a.shape;
  const [m, q] = b.shape;
  // Of other sizes, too, which tfjs refuses: the kernel would read what is not the tensor's.
  if (m !== n || p % lanes !== 0 || q % panel !== 0) return plainKernels.matMulTransposeA(a, b);
  return runKernel(
    "matMulTransposeA",
    [a, b],
    [p, q],
    [pointerTo(a), pointerTo(b), n, p, q],
  ) as Tensor2D;
}

function reluGradient(gradient: Tensor4D, output: Tensor4D): Tensor4D {
  const { size, shape } = gradient;
  if (size % lanes !== 0) return plainKernels.reluGradient(gradient, output);
  return runKernel("reluGradient", [gradient, output], shape, [
    pointerTo(gradient),
    pointerTo(output),
    size,
  ]) as Tensor4D;
}

function reduced(kernel: "columnSums" | "columnMeans", rows: Tensor2D): Tensor1D {
  const [n, c] = rows.shape;
  return runKernel(kernel, [rows], [c], [pointerTo(rows), n, c]) as Tensor1D;
}

function mixed(weights: Tensor4D, b: Tensor2D, shape: HeadShape, transposed: boolean): Tensor2D {
  const { tokens, heads } = shape;
  const { n, width } = sizesOf(b, shape);
  const panels = tokens * wholePanels(width);
  const room = scratch(panels + tokens * tokens);
  const turned = room + panels * Float32Array.BYTES_PER_ELEMENT;
  const numbers = [n, tokens, heads, width, transposed ? 1 : 0, room, turned];
  return runKernel("attentionOutput", [weights, b], b.shape, [
    pointerTo(weights),
    pointerTo(b),
    ...numbers,
  ]) as Tensor2D;
}

function wholePanels(columns: number): number {
  return panel * Math.ceil(columns / panel);
}

function activated(x: Tensor2D, wanted: "output" | "slope"): Tensor2D {
  const numbers = [pointerTo(x), x.size, wanted === "slope" ? 1 : 0];
  return runKernel("gelu", [x], x.shape, numbers) as Tensor2D;
}
