/**
 * Every operator that a graph may have, by ONNX's name; ours have names that ONNX does not use, see
 * `onnxOperators`.
 */
import { hardSigmoid } from "./elementwise/hard-sigmoid";
import { hardSwish } from "./elementwise/hard-swish";
import { leakyRelu } from "./elementwise/leaky-relu";
import { sigmoid } from "./elementwise/sigmoid";
import { tanh } from "./elementwise/tanh";
import { add } from "./elementwise/add";
import { multiHeadAttention } from "./products/multi-head-attention";
import { batchNormalization } from "./normalisation/batch-normalization";
import { channelShuffle } from "./shape/channel-shuffle";
import { clip } from "./elementwise/clip";
import { concat } from "./shape/concat";
import { conv } from "./spatial/conv";
import { div } from "./elementwise/div";
import { expand } from "./shape/expand";
import { constantOfShape } from "./sizes/constant-of-shape";
import { range } from "./sizes/range";
import { flatten } from "./shape/flatten";
import { erf } from "./elementwise/erf";
import { exp } from "./elementwise/exp";
import { neg } from "./elementwise/neg";
import { sqrt } from "./elementwise/sqrt";
import { gather } from "./shape/gather";
import { gelu } from "./elementwise/gelu";
import { gemm } from "./products/gemm";
import { cast } from "./shape/cast";
import { dropout } from "./shape/dropout";
import { identity } from "./shape/identity";
import { equal } from "./sizes/equal";
import { mod } from "./sizes/mod";
import { not } from "./sizes/not";
import { linear } from "./products/linear";
import { matMul } from "./products/mat-mul";
import { mul } from "./elementwise/mul";
import { instanceNormalization } from "./normalisation/instance-normalization";
import { layerNormalization } from "./normalisation/layer-normalization";
import type { Operator } from "./interface/operator";
import { pRelu } from "./elementwise/p-relu";
import { pad } from "./shape/pad";
import { averagePool } from "./spatial/average-pool";
import { globalAveragePool } from "./spatial/global-average-pool";
import { maxPool } from "./spatial/max-pool";
import { pow } from "./elementwise/pow";
import { reduceMean } from "./reduction/reduce-mean";
import { reduceSum } from "./reduction/reduce-sum";
import { relu } from "./elementwise/relu";
import { reshape } from "./shape/reshape";
import { squeeze } from "./shape/squeeze";
import { unsqueeze } from "./shape/unsqueeze";
import { resize } from "./spatial/resize";
import { scatterNd } from "./sizes/scatter-nd";
import { shapeOf } from "./sizes/shape-of";
import { equalPart } from "./shape/equal-part";
import { slice } from "./shape/slice";
import { softmax } from "./reduction/softmax";
import { sub } from "./elementwise/sub";
import { transpose } from "./shape/transpose";
import { where } from "./elementwise/where";

export const operators: Readonly<Record<string, Operator>> = {
  Add: add,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  ChannelShuffle: channelShuffle,
  Clip: clip,
  Concat: concat,
  ConstantOfShape: constantOfShape,
  Conv: conv,
  Div: div,
  Dropout: dropout,
  Equal: equal,
  EqualPart: equalPart,
  Erf: erf,
  Exp: exp,
  Expand: expand,
  Flatten: flatten,
  Gather: gather,
  Gelu: gelu,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  HardSigmoid: hardSigmoid,
  HardSwish: hardSwish,
  Identity: identity,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  LeakyRelu: leakyRelu,
  Linear: linear,
  MatMul: matMul,
  MaxPool: maxPool,
  Mod: mod,
  Mul: mul,
  MultiHeadAttention: multiHeadAttention,
  Neg: neg,
  Not: not,
  Pad: pad,
  Pow: pow,
  PRelu: pRelu,
  Range: range,
  ReduceMean: reduceMean,
  ReduceSum: reduceSum,
  Relu: relu,
  Reshape: reshape,
  Resize: resize,
  ScatterND: scatterNd,
  Shape: shapeOf,
  Sigmoid: sigmoid,
  Slice: slice,
  Softmax: softmax,
  Sqrt: sqrt,
  Squeeze: squeeze,
  Sub: sub,
  Tanh: tanh,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
  Where: where,
};

/** Made by passes and by builders of graphs; a file cannot have them. */
export const ownOperators: readonly string[] = [
  "ChannelShuffle",
  "EqualPart",
  "Linear",
  "MultiHeadAttention",
];

/** Names of the operators that an ONNX file may have, sorted; some are written as others. */
export const onnxOperators: readonly string[] = [
  ...Object.keys(operators).filter((name) => !ownOperators.includes(name)),
  "Constant",
  "Split",
].sort();
