/**
 * The kernels of the WebGPU backend: our own programs where sizes are whole vectors, else tfjs's
 * operators.
 */
import type { FrozenConvolution } from "../convolution";
import type { Kernels } from "../kernels";
import { filterGradientByShifts, plainConvolution } from "../plain/convolution";
import { plainGeneralConvolution } from "../plain/general-convolution";
import { centredBy, plainKernels } from "../plain/kernels";
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tf";
import { gpuColumnSums } from "./columns";
import { gpuConvolution } from "./convolution";
import { gpuCrossEntropy } from "./cross-entropy";
import { gpuAdamStep, gpuMoment, gpuReluGradient } from "./elementwise";
import { gpuGroupedConvolution } from "./grouped-convolution";
import { gpuMaxPoolGradient } from "./max-pool";
import { gpuGramMatrix, gpuMatMulTransposeA } from "./products";

/** Numbers in a vector. */
const lanes = 4;

export const webgpuKernels: Kernels = {
  ...plainKernels,

  frozenConvolution: (kernel, bias, stride) =>
    gpuConvolution(kernel, bias, stride, plainConvolution(kernel, bias, stride, reluGradient)),
  generalConvolution(values, bias, geometry) {
    const general = (): FrozenConvolution =>
      plainGeneralConvolution(values, bias, geometry, reluGradient);
    // Without groups tfjs's implicit matrix product reads less.
    if (geometry.groups === 1) return general();
    return gpuGroupedConvolution(values, bias, geometry, general);
  },
  filterGradient: (x, dy, side, stride) =>
    filterGradientByShifts(x, dy, side, stride, matMulTransposeA),

  // tfjs sums over all samples, or all features, in one workgroup.
  matMulTransposeA,
  gramMatrix(a) {
    const [n, k] = a.shape;
    if (n % lanes !== 0 || k % lanes !== 0) return plainKernels.gramMatrix(a);
    return gpuGramMatrix(a);
  },

  columnSums(rows) {
    if (rows.shape[1] % lanes !== 0) return plainKernels.columnSums(rows);
    return gpuColumnSums(rows, { scale: 1, moved: false }) as Tensor1D;
  },
  columnMeans(rows) {
    return rows.shape[1] % lanes === 0 ? exactMeans(rows) : plainKernels.columnMeans(rows);
  },
  centredColumns(rows) {
    if (rows.shape[1] % lanes !== 0) return plainKernels.centredColumns(rows);
    return centredBy(exactMeans, rows);
  },

  maxPoolGradient: gpuMaxPoolGradient,
  reluGradient,
  crossEntropy: (logits, labels) => ({
    loss: tf.reshape(gpuCrossEntropy(logits, labels, "mean"), []),
    gradient: gpuCrossEntropy(logits, labels, "gradient") as Tensor2D,
  }),
  crossEntropies: (logits, labels) => gpuCrossEntropy(logits, labels, "rows") as Tensor1D,
  adamStep(parameters, gradient, moments, { beta1, beta2, epsilon, rate, correction }) {
    const first = gpuMoment(moments.first, gradient, beta1, false) as Tensor1D;
    const second = gpuMoment(moments.second, gradient, beta2, true) as Tensor1D;
    const numbers = { rate, correction, epsilon };
    const updated = gpuAdamStep(parameters, { first, second }, numbers) as Tensor1D;
    return { parameters: updated, moments: { first, second } };
  },
};

function matMulTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  const whole = a.shape[1] % lanes === 0 && b.shape[1] % lanes === 0;
  return whole ? gpuMatMulTransposeA(a, b) : plainKernels.matMulTransposeA(a, b);
}

function reluGradient(gradient: Tensor4D, output: Tensor4D): Tensor4D {
  return gpuReluGradient(gradient, output) as Tensor4D;
}

/** Column means that are exact for constant columns. */
function exactMeans(rows: Tensor2D): Tensor1D {
  return gpuColumnSums(rows, { scale: 1 / rows.shape[0], moved: true }) as Tensor1D;
}
