/**
 * A convolution as a WGSL program: an implicit matrix product whose rows are positions and whose
 * columns are channels, with bias, addend, ReLU and mask in the same dispatch.
 *
 * A workgroup of 64 threads makes a tile of positions × channels. For each kernel position it loops
 * over the source's channels, 16 at a time: it loads that part of the source and of the kernel into
 * shared memory, and every thread accumulates 8 positions × 4 channels. Tiles are 32 channels wide,
 * or 16 where 32 would leave half of them empty, as tfjs's tiles of 32×32 do in networks of 16
 * filters.
 *
 * The gradient of a convolution with stride 2 (`spread`) has separate workgroups for each parity of
 * (row, column), which loop only over the kernel positions that reach it; see `phaseKernels` in
 * `plain/convolution.ts`.
 */
import type { Program } from "./program";

export interface ConvolutionForm {
  /** Kernel side, odd. */
  readonly side: number;
  readonly stride: 1 | 2;
  /**
   * Whether this is the gradient of a convolution with stride 2, with a rotated kernel: the output
   * is twice as high and wide.
   */
  readonly spread: boolean;
  readonly bias: boolean;
  readonly addend: boolean;
  readonly relu: boolean;
  /** 0 is stored where `positive` is not. */
  readonly mask: boolean;
}

const threads = 64;
/** Positions per thread. */
const rowsPerThread = 8;
/** Channels of the source in shared memory at a time. */
const depth = 16;

/** @param outputShape [n, h, w, c₂], c₁ and c₂ multiples of 4 */
export function convolutionProgram(form: ConvolutionForm, outputShape: readonly number[]): Program {
  const [n = 0, h = 0, w = 0, c2 = 0] = outputShape;
  const width = c2 % 32 === 0 ? 32 : 16;
  const quads = width / 4;
  const rows = (threads / quads) * rowsPerThread;
  const positions = form.spread ? (n * h * w) / 4 : n * h * w;
  const { side, stride, spread, bias, addend, relu, mask } = form;
  const variableNames = [
    "x",
    "weights",
    ...(bias ? ["bias"] : []),
    ...(addend ? ["addend"] : []),
    ...(mask ? ["positive"] : []),
  ];
  return {
    variableNames,
    variableComponents: variableNames.map(() => 4),
    outputComponent: 4,
    outputShape: [...outputShape],
    workgroupSize: [threads, 1, 1],
    // The output's coordinates are not used, but tfjs needs a layout.
    dispatchLayout: { x: [3], y: [1, 2], z: [0] },
    dispatch: [Math.ceil(c2 / width), Math.ceil(positions / rows), spread ? 4 : 1],
    shaderKey: `stitchlab_convolve_${[side, stride, spread, relu, width].join("_")}`,
    getUserCode: () => shader(form, quads, rows),
  };
}

function shader(
  { side, stride, spread, bias, addend, relu, mask }: ConvolutionForm,
  quads: number,
  rows: number,
): string {
  const loads = (rows * depth) / 4 / threads;
  const weightLoads = (depth * quads) / threads;
  const reach = (side - 1) / 2;
  const grid = spread ? "uniforms.xShape" : "uniforms.outShape";

  return `
    const threads = ${threads};
    const quads = ${quads};
    const groups = ${threads / quads};
    const rows = ${rows};
    // One more: neighbouring threads then write to different banks.
    const pitch = ${rows + 1};
    const quarters = ${depth / 4};
    const side = ${side};

    var<workgroup> source: array<vec4<f32>, ${(depth / 4) * (rows + 1)}>;
    var<workgroup> kernel: array<vec4<f32>, ${depth * quads}>;
    ${spread ? "var<workgroup> places: i32;" : ""}

    fn main() {
      let thread = i32(localIndex);
      let quad = thread % quads;
      let group = thread / quads;
      let c1 = uniforms.xShape.w / 4;
      let c2 = uniforms.outShape.w / 4;
      let height = uniforms.xShape.y;
      let width = uniforms.xShape.z;
      let gridHeight = ${grid}.y;
      let gridWidth = ${grid}.z;
      let positions = ${grid}.x * gridHeight * gridWidth;
      let first = i32(workgroupId.y) * rows;
      let firstQuad = i32(workgroupId.x) * quads;
      let parity = vec2<i32>(i32(workgroupId.z) / 2, i32(workgroupId.z) % 2);

      // Where this thread reads the source: row and column of the kernel's middle, and the image's first row.
      var corners: array<vec3<i32>, ${loads}>;
      for (var j = 0; j < ${loads}; j++) {
        let position = first + (thread + j * threads) / 4;
        let row = (position / gridWidth) % gridHeight;
        let image = position / (gridWidth * gridHeight);
        // A position beyond the last lies above every image.
        let y = select(-2 * height - side, row * ${stride}, position < positions);
        corners[j] = vec3<i32>(y, (position % gridWidth) * ${stride}, image * height);
      }
      var sums: array<vec4<f32>, ${rowsPerThread}>;

      ${
        spread
          ? `if (thread == 0) {
        places = ${side === 1 ? "select(0, 1, parity.x + parity.y == 0)" : "(1 + parity.x) * (1 + parity.y)"};
      }
      let count = workgroupUniformLoad(&places);`
          : "let count = side * side;"
      }
      for (var place = 0; place < count; place++) {
        ${
          spread
            ? `let across = 1 + parity.y;
        let shift = vec2<i32>(place / across, place % across);
        let at = ${side === 1 ? "vec2<i32>(0)" : "select(vec2<i32>(1), 2 * shift, parity == vec2<i32>(1))"};`
            : `let at = vec2<i32>(place / side, place % side);
        let shift = at - vec2<i32>(${reach});`
        }
        for (var channel = 0; channel < c1; channel += quarters) {
          for (var j = 0; j < ${loads}; j++) {
            let index = thread + j * threads;
            let origin = channel + index % 4;
            let y = corners[j].x + shift.x;
            let z = corners[j].y + shift.y;
            var value = vec4<f32>(0.0);
            if (y >= 0 && y < height && z >= 0 && z < width && origin < c1) {
              value = x[((corners[j].z + y) * width + z) * c1 + origin];
            }
            source[(index % 4) * pitch + index / 4] = value;
          }
          for (var j = 0; j < ${weightLoads}; j++) {
            let index = thread + j * threads;
            let origin = 4 * channel + index / quads;
            let to = firstQuad + index % quads;
            var value = vec4<f32>(0.0);
            if (origin < 4 * c1 && to < c2) {
              value = weights[((at.x * side + at.y) * 4 * c1 + origin) * c2 + to];
            }
            kernel[index] = value;
          }
          workgroupBarrier();
          for (var k = 0; k < quarters; k++) {
            let b0 = kernel[(4 * k) * quads + quad];
            let b1 = kernel[(4 * k + 1) * quads + quad];
            let b2 = kernel[(4 * k + 2) * quads + quad];
            let b3 = kernel[(4 * k + 3) * quads + quad];
            for (var i = 0; i < ${rowsPerThread}; i++) {
              let a = source[k * pitch + i * groups + group];
              sums[i] += a.x * b0 + a.y * b1 + a.z * b2 + a.w * b3;
            }
          }
          workgroupBarrier();
        }
      }

      let to = firstQuad + quad;
      for (var i = 0; i < ${rowsPerThread}; i++) {
        let position = first + i * groups + group;
        if (position < positions && to < c2) {
          ${
            spread
              ? `let column = 2 * (position % gridWidth) + parity.y;
          let row = 2 * ((position / gridWidth) % gridHeight) + parity.x;
          let image = position / (gridWidth * gridHeight);
          let index = ((image * 2 * gridHeight + row) * 2 * gridWidth + column) * c2 + to;`
              : "let index = position * c2 + to;"
          }
          var value = sums[i];
          ${bias ? "value += bias[to];" : ""}
          ${addend ? "value += addend[index];" : ""}
          ${relu ? "value = max(value, vec4<f32>(0.0));" : ""}
          ${mask ? "value = select(vec4<f32>(0.0), value, positive[index] > vec4<f32>(0.0));" : ""}
          result[index] = value;
        }
      }
    }
  `;
}
