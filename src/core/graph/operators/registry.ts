/** Every operator that a graph may have, by ONNX's name; ours have names that ONNX does not use. */
import { hardSigmoid, hardSwish, leakyRelu, sigmoid, tanh } from "./activations";
import { add } from "./add";
import { multiHeadAttention } from "./attention";
import { batchNormalization } from "./batch-normalization";
import { channelShuffle } from "./channel-shuffle";
import { clip } from "./clip";
import { concat } from "./concat";
import { conv } from "./conv";
import { div } from "./div";
import { expand } from "./expand";
import { constantOfShape, range } from "./filled";
import { flatten } from "./flatten";
import { erf, exp, neg, sqrt } from "./functions";
import { gather } from "./gather";
import { gelu } from "./gelu";
import { gemm } from "./gemm";
import { cast, dropout, identity } from "./identity";
import { equal, mod, not } from "./integers";
import { linear } from "./linear";
import { matMul } from "./mat-mul";
import { mul } from "./mul";
import { instanceNormalization, layerNormalization } from "./normalisations";
import type { Operator } from "./operator";
import { pRelu } from "./p-relu";
import { pad } from "./pad";
import { averagePool, globalAveragePool, maxPool } from "./pools";
import { pow } from "./pow";
import { reduceMean, reduceSum } from "./reductions";
import { relu } from "./relu";
import { reshape, squeeze, unsqueeze } from "./reshape";
import { resize } from "./resize";
import { scatterNd } from "./scatter-nd";
import { shapeOf } from "./shape-of";
import { equalPart, slice } from "./slice";
import { softmax } from "./softmax";
import { sub } from "./sub";
import { transpose } from "./transpose";
import { where } from "./where";

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
