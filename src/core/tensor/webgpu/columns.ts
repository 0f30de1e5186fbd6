/**
 * Sums and means of a matrix's columns. tfjs transposes the matrix first, which touches it three
 * times; here each thread adds rows of four columns at a fixed stride, with neighbouring threads
 * reading neighbouring numbers, and one workgroup per four columns adds the partial sums.
 */
import { tf, type Tensor, type Tensor2D } from "../tf";
import { runProgram, type Program } from "./program";

const threads = 64;
/** Enough to occupy a large device. */
const threadsInAll = 16_384;
/** So many vectors of four columns occupy a large device without splitting rows. */
const wide = 1_024;

export interface ColumnSumForm {
  /** Factor of the sums. */
  readonly scale: number;
  /**
   * Subtracts the first row from all rows and adds it to the result: exact for constant columns.
   */
  readonly moved: boolean;
}

/**
 * @param rows [n, c], c a multiple of 4
 * @returns [c]; the caller disposes it
 */
export function gpuColumnSums(rows: Tensor2D, form: ColumnSumForm): Tensor {
  const [n, c] = rows.shape;
  const quads = c / 4;
  if (quads >= wide || n <= threads) return summed(rows, 1, form, true);
  const parts = Math.min(Math.ceil(n / 8), Math.ceil(threadsInAll / quads));
  return tf.tidy(() => {
    const partial = summed(rows, parts, form, false);
    const inputs = form.moved ? [partial, rows] : [partial];
    return runProgram("gpuColumns", joinProgram(c, form), inputs, scaleOf(form));
  });
}

/**
 * Sums the columns of a matrix of few columns and some hundreds of rows, in one dispatch.
 *
 * @param rows [n, c], c a multiple of 4
 * @returns [c]; the caller disposes it
 */
export function gpuSumOfParts(rows: Tensor2D): Tensor {
  const [n, c] = rows.shape;
  const form = { scale: 1, moved: false };
  if (n <= threads) return gpuColumnSums(rows, form);
  return runProgram("gpuColumns", joinProgram(c, form), [rows], scaleOf(form));
}

function scaleOf({ scale }: ColumnSumForm): { type: string; data: number[] }[] {
  return [{ type: "float32", data: [scale] }];
}

/** @returns [parts, c], or [c] for the last dispatch */
function summed(rows: Tensor2D, parts: number, form: ColumnSumForm, last: boolean): Tensor {
  const [, c] = rows.shape;
  const { moved } = form;
  const outputShape = last ? [c] : [parts, c];
  const program: Program = {
    variableNames: ["rows"],
    variableComponents: [4],
    outputComponent: 4,
    outputShape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil((parts * c) / 4 / threads), 1, 1],
    shaderKey: `stitchlab_column_parts_${String(moved)}_${String(last)}`,
    size: true,
    uniforms: "scale : f32, ",
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let quads = uniforms.rowsShape.y / 4;
          let quad = index % quads;
          let end = uniforms.rowsShape.x * quads;
          let origin = ${moved ? "rows[quad]" : "vec4<f32>(0.0)"};
          var sum = vec4<f32>(0.0);
          for (var at = index; at < end; at += uniforms.size) {
            sum += rows[at] - origin;
          }
          result[index] = ${last ? "uniforms.scale * sum + origin" : "sum"};
        }
      }
    `,
  };
  return runProgram("gpuColumns", program, [rows], scaleOf(form));
}

/** Adds the rows of [parts, c], with one workgroup per four columns. */
function joinProgram(c: number, { moved }: ColumnSumForm): Program {
  return {
    variableNames: moved ? ["parts", "rows"] : ["parts"],
    variableComponents: moved ? [4, 4] : [4],
    outputComponent: 4,
    outputShape: [c],
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [c / 4, 1, 1],
    shaderKey: `stitchlab_columns_${String(moved)}`,
    uniforms: "scale : f32, ",
    getUserCode: () => `
      var<workgroup> sums : array<vec4<f32>, ${threads}>;

      fn main(index : i32) {
        let quads = uniforms.partsShape.y / 4;
        let quad = i32(workgroupId.x);
        let end = uniforms.partsShape.x * quads;
        var sum = vec4<f32>(0.0);
        for (var at = i32(localIndex) * quads + quad; at < end; at += ${threads} * quads) {
          sum += parts[at];
        }
        sums[localIndex] = sum;
        for (var reach = ${threads / 2}u; reach > 0u; reach /= 2u) {
          workgroupBarrier();
          if (localIndex < reach) {
            sums[localIndex] += sums[localIndex + reach];
          }
        }
        if (localIndex == 0u) {
          result[quad] = uniforms.scale * sums[0]${moved ? " + rows[quad]" : ""};
        }
      }
    `,
  };
}
