/** Every operator that a graph may have, by ONNX's name; ours have names that ONNX does not use. */
import { add } from "./add";
import { batchNormalization } from "./batch-normalization";
import { conv } from "./conv";
import { div } from "./div";
import { flatten } from "./flatten";
import { gemm } from "./gemm";
import { cast, identity } from "./identity";
import { mul } from "./mul";
import type { Operator } from "./operator";
import { averagePool, globalAveragePool, maxPool } from "./pools";
import { relu } from "./relu";
import { sub } from "./sub";
import { transpose } from "./transpose";

export const operators: Readonly<Record<string, Operator>> = {
  Add: add,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  Conv: conv,
  Div: div,
  Dropout: identity,
  Flatten: flatten,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  MaxPool: maxPool,
  Mul: mul,
  Relu: relu,
  Sub: sub,
  Transpose: transpose,
};
