/** ScatterND: a tensor in which some slices are replaced. For what is known without the images. */
import { hostLike, sizeOf, stridesOf } from "../../host-tensor";
import { textAttribute } from "../interface/attributes";
import { knownIntegers } from "../interface/axes";
import { inputShape, known, refusedNode, shapeText, type Operator } from "../interface/operator";

export const scatterNd: Operator = {
  shape(call) {
    const shape = inputShape(call, 0);
    const indices = inputShape(call, 1);
    const depth = indices.at(-1) ?? 0;
    const expected = [...indices.slice(0, -1), ...shape.slice(depth)];
    const updates = inputShape(call, 2);
    textAttribute(call.node, "reduction", ["none"], "none");
    if (depth <= shape.length && expected.join() === updates.join()) return shape;
    throw refusedNode(call.node, `updates ${shapeText(expected)}`, shapeText(updates));
  },
  fold(call) {
    const [x, updates] = [known(call.inputs[0]), known(call.inputs[2])];
    const { shape } = x;
    const indices = knownIntegers(call, 1);
    const depth = inputShape(call, 1).at(-1) ?? 0;
    const strides = stridesOf(shape);
    const each = sizeOf(shape.slice(depth));
    const out = Float64Array.from(x.data);
    for (let row = 0; row < indices.length / depth; row++) {
      let start = 0;
      for (let axis = 0; axis < depth; axis++) {
        const [index = 0, size = 0] = [indices[row * depth + axis], shape[axis]];
        const place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) {
          throw refusedNode(call.node, `an index of ${shapeText(shape)}`, String(index));
        }
        start += place * (strides[axis] ?? 0);
      }
      out.set(updates.data.subarray(row * each, (row + 1) * each), start);
    }
    return hostLike(x, shape, out);
  },
};
