/**
 * The gradient of a maximum over windows as a WGSL program: a thread for each four channels of a
 * pixel looks through the windows that the pixel lies in.
 */
import type { PoolGeometry } from "../kernels";
import { plainMaxPoolGradient } from "../plain/max-pool";
import type { Tensor4D } from "../tf";
import { runProgram, type Program } from "./program";

const threads = 64;
/** Workgroups in a row of the dispatch; a device allows 65,535. */
const widest = 32_768;

/**
 * Passes each output's gradient to the largest number of its window; of equal ones to the first, as
 * PyTorch does.
 *
 * @param x [n, h, w, c]
 * @param output of the pool
 * @returns [n, h, w, c]; the caller disposes it
 */
export function gpuMaxPoolGradient(
  x: Tensor4D,
  output: Tensor4D,
  gradient: Tensor4D,
  window: PoolGeometry,
): Tensor4D {
  if (x.shape[3] % 4 !== 0) return plainMaxPoolGradient(x, output, gradient, window);
  const { kernel, stride, before } = window;
  const workgroups = Math.ceil(x.size / 4 / threads);
  const program: Program = {
    variableNames: ["x", "maximum", "dy"],
    variableComponents: [4, 4, 4],
    outputComponent: 4,
    outputShape: x.shape,
    workgroupSize: [threads, 1, 1],
    // The output's coordinates are not used, but tfjs needs a layout.
    dispatchLayout: { x: [3], y: [1, 2], z: [0] },
    dispatch: [Math.min(widest, workgroups), Math.ceil(workgroups / widest), 1],
    shaderKey: "stitchlab_max_pool_gradient",
    uniforms: "side : vec2<i32>, stride : vec2<i32>, before : vec2<i32>, ",
    getUserCode: () => shader,
  };
  const uniforms = [kernel, stride, before].map((data) => ({ type: "int32", data: [...data] }));
  return runProgram("gpuMaxPoolGradient", program, [x, output, gradient], uniforms) as Tensor4D;
}

const shader = `
  fn main() {
    let size = uniforms.outShape.yz;
    let out = uniforms.maximumShape.yz;
    let quads = uniforms.outShape.w / 4;
    let workgroup = i32(workgroupId.y) * i32(numWorkgroups.x) + i32(workgroupId.x);
    let index = workgroup * ${threads} + i32(localIndex);
    let quad = index % quads;
    let position = index / quads;
    let image = position / (size.x * size.y);
    if (image < uniforms.outShape.x) {
      let place = vec2<i32>((position / size.y) % size.x, position % size.y);
      let reached = place + uniforms.before;
      // The first and last windows that this pixel lies in.
      let first = max(vec2<i32>(0), (reached - uniforms.side + uniforms.stride) / uniforms.stride);
      let last = min(out - 1, reached / uniforms.stride);
      let own = x[index];
      var sum = vec4<f32>(0.0);
      for (var row = first.x; row <= last.x; row++) {
        for (var column = first.y; column <= last.y; column++) {
          let at = ((image * out.x + row) * out.y + column) * quads + quad;
          let largest = maximum[at];
          let corner = vec2<i32>(row, column) * uniforms.stride - uniforms.before;
          let inWindow = place - corner;
          let ordinal = inWindow.x * uniforms.side.y + inWindow.y;
          var isFirst = own == largest;
          for (var other = 0; other < ordinal; other++) {
            let there = corner + vec2<i32>(other / uniforms.side.y, other % uniforms.side.y);
            if (all(there >= vec2<i32>(0)) && all(there < size)) {
              let pixel = (image * size.x + there.x) * size.y + there.y;
              isFirst = isFirst & (x[pixel * quads + quad] != largest);
            }
          }
          sum += select(vec4<f32>(0.0), dy[at], isFirst);
        }
      }
      result[index] = sum;
    }
  }
`;
