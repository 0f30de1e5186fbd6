/**
 * Matrix products whose result is small and whose sums are long, as WGSL programs: aᵀb of two tall
 * matrices, and the inner products of a wide matrix's rows. In tfjs, one workgroup sums each tile
 * of the result over all samples while the rest of the device waits. Here the sums are split among
 * enough workgroups for a large device, and a second dispatch adds the parts.
 *
 * A workgroup of 64 threads makes a tile of 32 × 32; each thread accumulates 4 × 4 of it. It loads
 * 32 terms of both factors into shared memory at a time.
 */
import { tf, type Tensor, type Tensor2D } from "../tf";
import { gpuSumOfParts } from "./columns";
import { runProgram, type Program } from "./program";

const threads = 64;
const tile = 32;
/** Terms of the sums in shared memory at a time. */
const depth = 32;
/** Enough to occupy a large device. */
const workgroups = 1_024;

/**
 * Computes aᵀb.
 *
 * @param a [n, p], p a multiple of 4
 * @param b [n, q], q a multiple of 4
 * @returns [p, q]; the caller disposes it
 */
export function gpuMatMulTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  const [n, p] = a.shape;
  const [, q] = b.shape;
  return added([p, q], n, (shape, dispatch) =>
    runProgram("gpuProducts", matMulTransposeAProgram(shape, dispatch), [a, b]),
  );
}

/**
 * Computes a aᵀ.
 *
 * @param a [n, k], both multiples of 4
 * @returns [n, n]; the caller disposes it
 */
export function gpuGramMatrix(a: Tensor2D): Tensor2D {
  const [n, k] = a.shape;
  return added([n, n], k, (shape, dispatch) =>
    runProgram("gpuProducts", gramMatrixProgram(shape, dispatch), [a]),
  );
}

type Parts = (
  shape: readonly [parts: number, rows: number, columns: number],
  dispatch: [number, number, number],
) => Tensor;

/** Splits sums of `terms` terms and adds the parts. */
function added([rows, columns]: [number, number], terms: number, make: Parts): Tensor2D {
  const [down, across] = [Math.ceil(rows / tile), Math.ceil(columns / tile)];
  const steps = Math.ceil(terms / depth);
  const parts = Math.min(steps, Math.ceil(workgroups / (down * across)));
  return tf.tidy(() => {
    const partial = make([parts, rows, columns], [across, down, parts]);
    const sums =
      parts === 1 ? partial : gpuSumOfParts(tf.reshape(partial, [parts, rows * columns]));
    return tf.reshape(sums, [rows, columns]);
  });
}

function matMulTransposeAProgram(
  shape: readonly number[],
  dispatch: [number, number, number],
): Program {
  return {
    ...programOf(["a", "b"], shape, dispatch),
    shaderKey: "stitchlab_mat_mul_transpose_a",
    getUserCode: () => `
      ${shared(depth)}

      fn main() {
        ${opening("aShape.x")}
        let p = uniforms.aShape.y / 4;
        let q = uniforms.bShape.y / 4;
        for (var round = 0; round < rounds; round++) {
          let step = round * parts + part;
          for (var index = thread; index < ${depth * (tile / 4)}; index += ${threads}) {
            let row = step * ${depth} + index / 8;
            let i = firstRow + index % 8;
            let j = firstColumn + index % 8;
            var left = vec4<f32>(0.0);
            var right = vec4<f32>(0.0);
            if (row < terms && i < p) { left = a[row * p + i]; }
            if (row < terms && j < q) { right = b[row * q + j]; }
            lefts[index] = left;
            rights[index] = right;
          }
          workgroupBarrier();
          for (var term = 0; term < ${depth}; term++) {
            let left = lefts[term * 8 + down];
            let right = rights[term * 8 + across];
            for (var i = 0; i < 4; i++) {
              sums[i] += left[i] * right;
            }
          }
          workgroupBarrier();
        }
        let i = firstRow + down;
        let j = firstColumn + across;
        if (i < p && j < q) {
          for (var k = 0; k < 4; k++) {
            result[(part * p * 4 + 4 * i + k) * q + j] = sums[k];
          }
        }
      }
    `,
  };
}

function gramMatrixProgram(shape: readonly number[], dispatch: [number, number, number]): Program {
  return {
    ...programOf(["a"], shape, dispatch),
    shaderKey: "stitchlab_gram_matrix",
    getUserCode: () => `
      // One more: neighbouring threads then write to different banks.
      const pitch = ${tile + 1};
      ${shared(tile + 1)}

      fn main() {
        ${opening("aShape.y")}
        let n = uniforms.aShape.x;
        let quads = uniforms.aShape.y / 4;
        for (var round = 0; round < rounds; round++) {
          let step = round * parts + part;
          for (var index = thread; index < ${tile * (depth / 4)}; index += ${threads}) {
            let quad = step * 8 + index % 8;
            let i = 4 * firstRow + index / 8;
            let j = 4 * firstColumn + index / 8;
            var left = vec4<f32>(0.0);
            var right = vec4<f32>(0.0);
            if (quad < quads && i < n) { left = a[i * quads + quad]; }
            if (quad < quads && j < n) { right = a[j * quads + quad]; }
            lefts[(index % 8) * pitch + index / 8] = left;
            rights[(index % 8) * pitch + index / 8] = right;
          }
          workgroupBarrier();
          for (var quad = 0; quad < ${depth / 4}; quad++) {
            var right: array<vec4<f32>, 4>;
            for (var j = 0; j < 4; j++) {
              right[j] = rights[quad * pitch + 4 * across + j];
            }
            for (var i = 0; i < 4; i++) {
              let left = lefts[quad * pitch + 4 * down + i];
              sums[i] += vec4<f32>(
                dot(left, right[0]), dot(left, right[1]), dot(left, right[2]), dot(left, right[3]));
            }
          }
          workgroupBarrier();
        }
        let i = firstRow + down;
        let j = firstColumn + across;
        if (4 * i < n && 4 * j < n) {
          for (var k = 0; k < 4; k++) {
            result[(part * n + 4 * i + k) * (n / 4) + j] = sums[k];
          }
        }
      }
    `,
  };
}

function programOf(
  variableNames: string[],
  shape: readonly number[],
  dispatch: [number, number, number],
): Omit<Program, "getUserCode" | "shaderKey"> {
  return {
    variableNames,
    variableComponents: variableNames.map(() => 4),
    outputComponent: 4,
    outputShape: [...shape],
    workgroupSize: [threads, 1, 1],
    // The output's coordinates are not used, but tfjs needs a layout.
    dispatchLayout: { x: [2], y: [1], z: [0] },
    dispatch,
  };
}

/** @param pitch vectors of four per 1/8 of the terms or of the tile */
function shared(pitch: number): string {
  const vectors = String(8 * pitch);
  return `var<workgroup> lefts: array<vec4<f32>, ${vectors}>;
      var<workgroup> rights: array<vec4<f32>, ${vectors}>;`;
}

/** The common beginning of both programs; tiles are counted in vectors of four. */
function opening(terms: string): string {
  return `
        let thread = i32(localIndex);
        let down = thread / 8;
        let across = thread % 8;
        let firstRow = i32(workgroupId.y) * 8;
        let firstColumn = i32(workgroupId.x) * 8;
        let part = i32(workgroupId.z);
        let parts = uniforms.outShape.x;
        let terms = uniforms.${terms};
        // Equally many for each workgroup, since all its threads must reach a barrier: beyond the last term, zeros are added.
        let rounds = (terms + ${depth} * parts - 1) / (${depth} * parts);
        var sums: array<vec4<f32>, 4>;`;
}
